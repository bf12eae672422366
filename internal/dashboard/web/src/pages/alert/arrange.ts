// Which issues are shown, in which order and with which fields.
import { ExactNumber, writeJSON } from "../../api/exact";
import type { Issue } from "../../api/types";
import { fieldsOf } from "../../ui/fields";

/** How many fields have a column unless somebody chooses. */
const mostFields = 8;

/** Names all fields of the data of issues, in the order in which they first appear. */
export function fieldNames(issues: readonly Issue[]): string[] {
  const names = new Set<string>();
  for (const issue of issues) for (const name of Object.keys(fieldsOf(issue.data))) names.add(name);
  return [...names];
}

/** Chooses the fields that have a column: those that the monitor names, else the first ones. The model id has one anyway. */
export function usualFields(all: readonly string[], named: readonly string[], modelIDKey: string): string[] {
  const others = all.filter((name) => name !== modelIDKey);
  const known = named.filter((name) => others.includes(name));
  return known.length > 0 ? known : others.slice(0, mostFields);
}

/** Lets through the issues in which all words stand somewhere. */
export function search(issues: readonly Issue[], text: string): readonly Issue[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return issues;
  return issues.filter((issue) => {
    const all = `${issue.model_id} ${writeJSON(issue.data)}`.toLowerCase();
    return words.every((word) => all.includes(word));
  });
}

/** By what issues can be sorted besides the fields of their data, which have "data." before their names. */
const own: Record<string, (issue: Issue) => unknown> = {
  model_id: (issue) => issue.model_id,
  status: (issue) => issue.status,
  age: (issue) => -Date.parse(issue.created_at),
  updated: (issue) => issue.updated_at,
};

export const byField = (name: string) => `data.${name}`;

/** Sorts issues; those that have no value come last in either direction. */
export function sort(issues: readonly Issue[], by: string, descending: boolean): readonly Issue[] {
  const field = by.startsWith("data.") ? by.slice("data.".length) : undefined;
  const valueOf = field === undefined ? (Object.hasOwn(own, by) ? own[by] : undefined) : (issue: Issue) => fieldsOf(issue.data)[field];
  if (!valueOf) return issues;
  const keyed = issues.map((issue) => ({ issue, key: keyOf(valueOf(issue)) }));
  keyed.sort((a, b) => compare(a.key, b.key, descending) || b.issue.id - a.issue.id);
  return keyed.map(({ issue }) => issue);
}

type Key = number | bigint | string | undefined;

function keyOf(value: unknown): Key {
  if (value === undefined || value === null || value === "") return undefined;
  if (typeof value === "number" || typeof value === "string") return value;
  if (value instanceof ExactNumber) return /^-?\d+$/.test(value.text) ? BigInt(value.text) : Number(value.text);
  return writeJSON(value);
}

const words = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

function compare(a: Key, b: Key, descending: boolean): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  const order = typeof a === "string" || typeof b === "string"
    ? Number(typeof a === "string") - Number(typeof b === "string") || words.compare(String(a), String(b))
    : a < b ? -1 : Number(a > b);
  return descending ? -order : order;
}
