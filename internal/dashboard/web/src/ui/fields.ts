import { ExactNumber } from "../api/exact";

export type Fields = Record<string, unknown>;

/** Tells whether a value of JSON is an object. */
export const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber);

/** Gives the fields of a value of the API that is said to be an object. */
export const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {});

/** Tells whether there are numbers among values, and nothing else but what is missing. */
export function areNumbers(values: readonly unknown[]): boolean {
  const given = values.filter((value) => value !== undefined && value !== null);
  return given.length > 0 && given.every((value) => typeof value === "number" || value instanceof ExactNumber);
}
