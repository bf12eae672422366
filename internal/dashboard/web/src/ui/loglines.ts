import type { Execution } from "../api/types";

export type LogEntry = Execution["log"][number];

/** From the least to the most important. */
export const levels: readonly LogEntry["level"][] = ["debug", "info", "warning", "error"];

/** A line with its place in the log. */
export interface Line extends LogEntry {
  at: string;
  index: number;
  /** Its fields, as they are searched and shown. */
  words: [string, string][];
}

/** Numbers the lines and writes their fields out. */
export const linesOf = (log: readonly LogEntry[]): Line[] => log.map((entry, index) => ({ ...entry, index, words: wordsOf(entry.fields) }));

function wordsOf(fields: unknown): [string, string][] {
  if (typeof fields !== "object" || fields === null) return [];
  return Object.entries(fields).map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]);
}

/** Gives the lines of the levels, or of any if none is named, that hold the text in their message or a field. */
export function filtered(lines: readonly Line[], chosen: readonly string[], text: string): Line[] {
  const sought = text.toLowerCase();
  const holds = (words: string) => words.toLowerCase().includes(sought);
  return lines.filter(({ level, message, words }) =>
    (chosen.length === 0 || chosen.includes(level)) && (!sought || holds(message) || words.some(([name, value]) => holds(`${name}=${value}`))));
}
