import assert from "node:assert/strict";
import { test } from "node:test";
import { inWords, points } from "./sparkline";

test("the line is as high as the largest value", () => {
  assert.equal(points([0, 2, 1]), "0.0,23.0 48.0,2.0 96.0,12.5");
  assert.equal(points([0, 0]), "0.0,23.0 96.0,23.0");
});

test("the line is said in words", () => {
  assert.equal(inWords([], "active issue", "24 hours"), "no active issues in the last 24 hours");
  assert.equal(inWords([0, 8, 1], "active issue", "24 hours"), "1 active issue now, at most 8 in the last 24 hours");
});
