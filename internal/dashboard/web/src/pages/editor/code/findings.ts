import type { Diagnostic as Mark } from "@codemirror/lint";
import type { Text } from "@codemirror/state";
import type { Diagnostic } from "../../../api/types";

/** Gives where in the text a line and a column are, both from 1; columns count characters as people do. A place that is not there is the nearest that is. */
export function offsetOf(doc: Text, line: number, column: number): number {
  const at = doc.line(Math.min(Math.max(line, 1), doc.lines));
  let offset = at.from;
  for (const character of [...at.text].slice(0, Math.max(0, column - 1))) offset += character.length;
  return Math.min(offset, at.to);
}

/** Marks findings in the text: the word that stands at their place, or the line where they name no column. */
export function marksOf(doc: Text, findings: readonly Diagnostic[]): Mark[] {
  return findings.filter((finding) => finding.line > 0).map(({ line, column, message, severity }) => {
    const from = offsetOf(doc, line, column);
    const rest = doc.sliceString(from, doc.lineAt(from).to);
    const length = column > 0 ? (/^(?:\w+(?:\.\w+)*|"[^"]*"|'[^']*'|\S)/.exec(rest)?.[0].length ?? 0) : rest.length;
    return { from, to: from + length, message, severity };
  }).sort((a, b) => a.from - b.from);
}
