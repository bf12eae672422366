import assert from "node:assert/strict";
import { test } from "node:test";
import { pressed } from "./selection";

const list = [5, 4, 3, 2, 1];
const after = (chosen: number[], id: number, from?: number) => [...pressed(new Set(chosen), list, id, from)].sort();

test("a row is chosen, and left again", () => {
  assert.deepEqual(after([], 3), [3]);
  assert.deepEqual(after([3, 1], 3), [1]);
});

test("all rows between two are chosen, in either direction", () => {
  assert.deepEqual(after([4], 2, 4), [2, 3, 4]);
  assert.deepEqual(after([2], 4, 2), [2, 3, 4]);
  assert.deepEqual(after([2, 3, 4], 3, 4), [2]);
});

test("a row that is gone begins nothing", () => {
  assert.deepEqual(after([9], 3, 9), [3, 9]);
});
