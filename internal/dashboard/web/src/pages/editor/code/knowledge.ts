import type { Files } from "../files";
import type { components } from "../../../api/schema";

export type Word = components["schemas"]["Word"];
export type Table = components["schemas"]["Table"];

/** What completion and explanations are made from. It grows while the editor is open. */
export interface Knowledge {
  /** What can stand in code. */
  words: readonly Word[];
  /** The tables of each database that monitors query; those that could not be read are empty. */
  databases: ReadonlyMap<string, readonly Table[]>;
  /** All files of the monitor, as they are now. */
  files(): Files;
}

/** Names the functions and values that a file defines at its top level, with their parameters. */
export function definitions(text: string): { name: string; detail: string; kind: "function" | "variable" }[] {
  const found = new Map<string, { name: string; detail: string; kind: "function" | "variable" }>();
  for (const [, name = "", parameters = ""] of text.matchAll(/^def\s+(\w+)\s*\(([^)]*)\)/gm)) {
    found.set(name, { name, detail: `(${parameters.replace(/\s+/g, " ").trim()})`, kind: "function" });
  }
  for (const [, name = ""] of text.matchAll(/^([A-Za-z_]\w*)\s*=[^=]/gm)) {
    if (!found.has(name)) found.set(name, { name, detail: "", kind: "variable" });
  }
  return [...found.values()];
}
