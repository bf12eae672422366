import { writeJSON } from "../../api/exact";
import type { Issue } from "../../api/types";
import { areNumbers, fieldsOf } from "../../ui/fields";

/** How a column of values is drawn. */
export interface Shape {
  /** CSS length. */
  width: string;
  numbers: boolean;
}

/** How many issues are looked at. */
const sample = 50;
/** The widths that a column may have, in characters. */
const [narrow, wide] = [7, 26];

/** Finds out how wide a field's column has to be, and whether it holds numbers only. */
export function shapeOf(name: string, issues: readonly Issue[]): Shape {
  const values = issues.slice(0, sample).map((issue) => fieldsOf(issue.data)[name]).filter((value) => value !== undefined && value !== null);
  return { width: widthOf(name, values.map((value) => (typeof value === "string" ? value : writeJSON(value)))), numbers: areNumbers(values) };
}

const widthOf = (name: string, texts: readonly string[]) =>
  `${Math.min(wide, Math.max(narrow, name.length + 2, ...texts.map((text) => text.length))) * 0.55 + 1.8}rem`;

/** How wide the column has to be in which issues are named. */
export const widthOfNames = (name: string, issues: readonly Issue[]) => widthOf(name, issues.slice(0, sample).map((issue) => issue.model_id));
