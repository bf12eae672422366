import assert from "node:assert/strict";
import { test } from "node:test";
import { Text } from "@codemirror/state";
import { marksOf, offsetOf } from "./findings";

const doc = Text.of(["first = 1", "x😀y = query(\"shop\")", ""]);

test("columns count characters, and places that are not there are near", () => {
  assert.equal(offsetOf(doc, 1, 1), 0);
  assert.equal(offsetOf(doc, 2, 3), 13);
  assert.equal(doc.sliceString(13, 14), "y");
  assert.equal(offsetOf(doc, 1, 99), 9);
  assert.equal(offsetOf(doc, 99, 1), doc.length);
  assert.equal(offsetOf(doc, 0, 0), 0);
});

test("findings mark the word at their place", () => {
  const finding = (line: number, column: number) => ({ file: "monitor.star", line, column, message: "m", severity: "error" as const });
  assert.deepEqual(marksOf(doc, [finding(2, 7), finding(1, 1), finding(0, 0)]).map(({ from, to }) => doc.sliceString(from, to)), ["first", "query"]);
  assert.deepEqual(marksOf(doc, [finding(3, 1)]).map(({ from, to }) => [from, to]), [[doc.length, doc.length]]);
});
