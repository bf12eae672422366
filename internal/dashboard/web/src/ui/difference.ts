import { ExactNumber } from "../api/exact";

/** One value that is not the same in two data. */
export interface Change {
  /** Where it stands: names of fields, and places in lists from 0. */
  place: string[];
  /** undefined: it was not there. */
  before: unknown;
  /** undefined: it is no longer there. */
  after: unknown;
}

/** Finds what is different between two values of JSON, down to the smallest that is. The order of fields does not matter. */
export function difference(before: unknown, after: unknown): Change[] {
  const found: Change[] = [];
  collect([], before, after, found);
  return found;
}

function collect(place: string[], before: unknown, after: unknown, found: Change[]) {
  if (same(before, after)) return;
  const old = inner(before), next = inner(after);
  // A list that became an object is another value, not one with other fields.
  if (!old || !next || Array.isArray(before) !== Array.isArray(after)) {
    found.push({ place, before, after });
    return;
  }
  for (const name of new Set([...Object.keys(old), ...Object.keys(next)])) {
    collect([...place, name], own(old, name), own(next, name), found);
  }
}

const own = (of: Record<string, unknown>, name: string) => (Object.hasOwn(of, name) ? of[name] : undefined);

function same(a: unknown, b: unknown): boolean {
  return Object.is(a, b) || a === b || (a instanceof ExactNumber && b instanceof ExactNumber && a.text === b.text);
}

function inner(value: unknown): Record<string, unknown> | undefined {
  return typeof value === "object" && value !== null && !(value instanceof ExactNumber) ? { ...value } : undefined;
}
