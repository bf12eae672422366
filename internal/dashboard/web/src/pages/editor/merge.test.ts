import assert from "node:assert/strict";
import { test } from "node:test";
import { mergeFiles, mergeText } from "./merge";

const lines = (text: string) => [...text].map((c) => `${c}\n`).join("");
const merge = (base: string, theirs: string, mine: string) => {
  const { text, conflict } = mergeText(lines(base), lines(theirs), lines(mine));
  return (text ?? "").replaceAll("\n", "") + (conflict ? "!" : "");
};

test("what only one side changed is taken from it", () => {
  assert.equal(merge("abcdefg", "axcdefg", "abcdefg"), "axcdefg");
  assert.equal(merge("abcdefg", "abcdefg", "abcdyfg"), "abcdyfg");
  assert.equal(merge("abcdefg", "axcdefg", "abcdyfg"), "axcdyfg");
  assert.equal(merge("abcdefg", "abcdefgh", "0abcdefg"), "0abcdefgh");
  assert.equal(merge("abcdefg", "acdefg", "abcdeg"), "acdeg");
});

test("the same change on both sides is one", () => {
  assert.equal(merge("abc", "axc", "axc"), "axc");
  assert.equal(merge("abcdefg", "axcdefz", "axcdefg"), "axcdefz");
});

test("different changes of the same place keep mine, and have a person look", () => {
  assert.equal(merge("abc", "axc", "ayc"), "ayc!");
  assert.equal(merge("abc", "abxc", "abyc"), "abyc!");
  assert.equal(merge("abc", "xbc", "ayc"), "ayc!");
});

test("files that came, went, or were deleted by one and changed by the other", () => {
  const base = { same: "1\n", gone: "1\n", fought: "1\n" };
  assert.deepEqual(mergeFiles(base, { same: "1\n", fought: "2\n", theirs: "t\n" }, { same: "1\n", gone: "1\n", mine: "m\n" }), {
    files: { same: "1\n", fought: "2\n", theirs: "t\n", mine: "m\n" }, conflicts: ["fought"],
  });
});
