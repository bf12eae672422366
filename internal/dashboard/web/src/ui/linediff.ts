/** Lines that are alike in two texts, or that stand in one of them only. Numbers are from 0. */
export interface Run {
  kind: "same" | "removed" | "added";
  /** Where it begins in the old text and in the new one. */
  old: number;
  new: number;
  lines: string[];
}

/** How much work goes into the shortest difference; texts that are more unlike are said to differ as a whole. */
const mostWork = 4_000_000;

export const linesOf = (text: string) => (text === "" ? [] : text.replace(/\n$/, "").split("\n"));

/** Finds out which lines were removed and added (by Myers, "An O(ND) difference algorithm", 1986). */
export function diffLines(before: readonly string[], after: readonly string[]): Run[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  while (end < before.length - start && end < after.length - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  const runs: Run[] = [];
  push(runs, "same", 0, 0, before.slice(0, start));
  const a = before.slice(start, before.length - end), b = after.slice(start, after.length - end);
  let x = 0, y = 0;
  for (const [matchX, matchY] of [...matches(a, b), [a.length, b.length] as const]) {
    push(runs, "removed", start + x, start + y, a.slice(x, matchX));
    push(runs, "added", start + matchX, start + y, b.slice(y, matchY));
    if (matchX < a.length) push(runs, "same", start + matchX, start + matchY, a.slice(matchX, matchX + 1));
    x = matchX + 1;
    y = matchY + 1;
  }
  push(runs, "same", before.length - end, after.length - end, before.slice(before.length - end));
  return runs;
}

function push(runs: Run[], kind: Run["kind"], old: number, young: number, lines: string[]) {
  const last = runs[runs.length - 1];
  if (last?.kind === kind) for (const line of lines) last.lines.push(line);
  else if (lines.length > 0) runs.push({ kind, old, new: young, lines });
}

/** Gives the pairs of lines that are the same, in order. */
function matches(a: readonly string[], b: readonly string[]): [number, number][] {
  const most = Math.min(a.length + b.length, Math.floor(Math.sqrt(mostWork)));
  const best = new Int32Array(2 * most + 3).fill(0);
  const middle = most + 1;
  const trail: Int32Array[] = [];
  for (let d = 0; d <= most; d++) {
    // Only what this step can reach is kept, else long texts would take too much memory.
    trail.push(best.slice(middle - d - 1, middle + d + 2));
    for (let k = -d; k <= d; k += 2) {
      const left = best[middle + k - 1] ?? 0, right = best[middle + k + 1] ?? 0;
      let x = k === -d || (k !== d && left < right) ? right : left + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      best[middle + k] = x;
      if (x >= a.length && x - k >= b.length) return back(trail, a.length, b.length);
    }
  }
  return [];
}

/** Goes the way back that was found. */
function back(trail: Int32Array[], x: number, y: number): [number, number][] {
  const found: [number, number][] = [];
  for (let d = trail.length - 1; d >= 0; d--) {
    const reached = (k: number) => trail[d]?.[k + d + 1] ?? 0;
    const k = x - y;
    const from = k === -d || (k !== d && reached(k - 1) < reached(k + 1)) ? k + 1 : k - 1;
    const fromX = d === 0 ? 0 : reached(from), fromY = d === 0 ? 0 : fromX - from;
    while (x > fromX && y > fromY && (d === 0 || x > (from === k + 1 ? fromX : fromX + 1))) found.push([--x, --y]);
    if (d > 0) [x, y] = [fromX, fromY];
  }
  return found.reverse();
}
