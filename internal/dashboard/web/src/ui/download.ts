import { ExactNumber, writeJSON } from "../api/exact";

/** How text begins that a spreadsheet computes instead of showing it (also in its wide form). */
const formula = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/**
 * Writes a table as CSV (RFC 4180). Text that a spreadsheet would take for a formula gets
 * an apostrophe before it: what is in it comes from anywhere. Numbers stay numbers.
 */
export function csv(names: readonly string[], rows: readonly (readonly unknown[])[]): string {
  return [names, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

function cell(value: unknown): string {
  const text = written(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll("\"", "\"\"")}"` : text;
}

function written(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "number" || typeof value === "boolean" || value instanceof ExactNumber) return String(value);
  const text = typeof value === "string" ? value : writeJSON(value);
  return formula.test(text) ? `'${text}` : text;
}

/** Spreadsheets take text without this mark for one in the alphabet of their system. */
const byteOrderMark = "\ufeff";

/** Has the browser save a table. */
export const saveCSV = (name: string, names: readonly string[], rows: readonly (readonly unknown[])[]) =>
  save(`${name}.csv`, "text/csv;charset=utf-8", byteOrderMark + csv(names, rows));

/** Has the browser save a value as JSON. */
export const saveJSON = (name: string, value: unknown) => save(`${name}.json`, "application/json", `${writeJSON(value, 2)}\n`);

/** How long a browser may take until it has read what it saves, in milliseconds. */
const patience = 60_000;

function save(name: string, type: string, text: string) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name.replace(/[^\w.-]+/g, "_");
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), patience);
}
