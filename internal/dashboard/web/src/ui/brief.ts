/** How much of a value is shown in a cell, in characters. */
const longest = 100;

/** Writes a value in one line, cut if it is long. */
export function brief(value: unknown): string {
  if (value === undefined || value === null) return "–";
  const text = (typeof value === "string" ? value : JSON.stringify(value)).replace(/\s+/g, " ");
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
