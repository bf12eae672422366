import { diffLines, linesOf } from "../../ui/linediff";
import type { Files } from "./files";

/** What a file's two changes come to. */
export interface Merged {
  /** undefined: the file is not there (any more). */
  text: string | undefined;
  /** Both changed the same place, differently: `text` has my side of it, and a person has to look. */
  conflict: boolean;
}

/** Puts together what others and I made of the same file. undefined: it is not there. */
export function mergeText(base: string | undefined, theirs: string | undefined, mine: string | undefined): Merged {
  if (theirs === mine || theirs === base) return { text: mine, conflict: false };
  if (mine === base) return { text: theirs, conflict: false };
  if (theirs === undefined || mine === undefined) return { text: mine ?? theirs, conflict: true };
  return mergeLines(base ?? "", theirs, mine);
}

/** Lines `from` to `to` of the base, and what one side has in their place. */
interface Edit {
  from: number;
  to: number;
  lines: string[];
}

function edits(base: readonly string[], side: readonly string[]): Edit[] {
  const found: Edit[] = [];
  for (const run of diffLines(base, side)) {
    if (run.kind === "same") continue;
    const last = found[found.length - 1];
    const to = run.kind === "removed" ? run.old + run.lines.length : run.old;
    const lines = run.kind === "added" ? run.lines : [];
    if (last && last.to === run.old) Object.assign(last, { to, lines: [...last.lines, ...lines] });
    else found.push({ from: run.old, to, lines });
  }
  return found;
}

/** Edits touch if they are of the same lines, or stand beside each other. */
const touch = (a: Edit, b: Edit) => a.from <= b.to && b.from <= a.to;
const alike = (a: Edit, b: Edit) => a.from === b.from && a.to === b.to && a.lines.join("\n") === b.lines.join("\n");

function mergeLines(base: string, theirs: string, mine: string): Merged {
  const lines = linesOf(base);
  const mineEdits = edits(lines, linesOf(mine));
  const theirEdits = edits(lines, linesOf(theirs)).filter((edit) => !mineEdits.some((own) => alike(edit, own)));
  const usable = theirEdits.filter((edit) => !mineEdits.some((own) => touch(edit, own)));
  let merged: string[] = [];
  let at = 0;
  for (const edit of [...mineEdits, ...usable].sort((a, b) => a.from - b.from || a.to - b.to)) {
    merged = merged.concat(lines.slice(at, edit.from), edit.lines);
    at = edit.to;
  }
  merged = merged.concat(lines.slice(at));
  return { text: merged.length > 0 ? `${merged.join("\n")}\n` : "", conflict: usable.length < theirEdits.length };
}

/** Puts together what others and I made of the same files, and names those that a person has to look at. */
export function mergeFiles(base: Files, theirs: Files, mine: Files): { files: Files; conflicts: string[] } {
  const files: Record<string, string> = {};
  const conflicts: string[] = [];
  for (const name of new Set([...Object.keys(base), ...Object.keys(theirs), ...Object.keys(mine)])) {
    const { text, conflict } = mergeText(base[name], theirs[name], mine[name]);
    if (text !== undefined) files[name] = text;
    if (conflict) conflicts.push(name);
  }
  return { files, conflicts: conflicts.sort() };
}
