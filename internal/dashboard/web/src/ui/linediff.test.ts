import assert from "node:assert/strict";
import { test } from "node:test";
import { diffLines, linesOf } from "./linediff";

const short = (a: string, b: string) => diffLines([...a], [...b]).map((run) => `${{ same: "=", removed: "-", added: "+" }[run.kind]}${run.lines.join("")}`).join(" ");

test("what is alike stays, and the rest is removed or added", () => {
  assert.equal(short("", ""), "");
  assert.equal(short("abc", "abc"), "=abc");
  assert.equal(short("", "ab"), "+ab");
  assert.equal(short("ab", ""), "-ab");
  assert.equal(short("abc", "axc"), "=a -b +x =c");
  assert.equal(short("abcd", "acd"), "=a -b =cd");
  assert.equal(short("acd", "abcd"), "=a +b =cd");
});

test("from any text, the runs lead to any other, in as few steps as there can be", () => {
  let seed = 7;
  const random = (n: number) => (seed = (seed * 1103515245 + 12345) % 2147483648) % n;
  for (let round = 0; round < 500; round++) {
    const text = () => Array.from({ length: random(14) }, () => "abc"[random(3)] ?? "");
    const a = text(), b = text();
    const runs = diffLines(a, b);
    assert.deepEqual(runs.filter((r) => r.kind !== "added").flatMap((r) => r.lines), a);
    assert.deepEqual(runs.filter((r) => r.kind !== "removed").flatMap((r) => r.lines), b);
    for (const run of runs) {
      if (run.kind !== "added") assert.deepEqual(a.slice(run.old, run.old + run.lines.length), run.lines);
      if (run.kind !== "removed") assert.deepEqual(b.slice(run.new, run.new + run.lines.length), run.lines);
    }
    assert.equal(runs.filter((r) => r.kind === "same").reduce((n, r) => n + r.lines.length, 0), longestCommon(a, b));
  }
});

function longestCommon(a: string[], b: string[]): number {
  const rows = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = 1; i <= a.length; i++) for (let j = 1; j <= b.length; j++) {
    rows[i]![j] = a[i - 1] === b[j - 1] ? rows[i - 1]![j - 1]! + 1 : Math.max(rows[i - 1]![j]!, rows[i]![j - 1]!);
  }
  return rows[a.length]![b.length]!;
}

test("long texts that have nothing in common differ as a whole, at once", () => {
  const a = Array.from({ length: 10_000 }, (_, i) => `a${i}`), b = Array.from({ length: 10_000 }, (_, i) => `b${i}`);
  assert.deepEqual(diffLines(a, b).map((run) => run.kind), ["removed", "added"]);
});

test("the last line ends with or without a line break", () => {
  assert.deepEqual(linesOf(""), []);
  assert.deepEqual(linesOf("a\nb\n"), ["a", "b"]);
  assert.deepEqual(linesOf("a\n\n"), ["a", ""]);
});
