import assert from "node:assert/strict";
import { test } from "node:test";
import { ExactNumber } from "../../api/exact";
import type { Issue } from "../../api/types";
import { fieldNames, search, sort, usualFields } from "./arrange";

const at = "2026-11-24T12:00:00Z";
const issue = (id: number, data: unknown): Issue => ({
  id, data, monitor: "m", alert_id: 1, model_id: `order ${id}`, status: "active", created_at: at, updated_at: at, solved_at: null, dropped_at: null,
});
const ids = (issues: readonly Issue[]) => issues.map((one) => one.id);

test("fields come in the order in which they first appear", () => {
  assert.deepEqual(fieldNames([issue(1, { b: 1, a: 1 }), issue(2, { c: 1, a: 2 }), issue(3, null)]), ["b", "a", "c"]);
});

test("the monitor says which fields are shown", () => {
  assert.deepEqual(usualFields(["id", "a", "b"], ["b", "gone"], "id"), ["b"]);
  assert.deepEqual(usualFields(["id", "a", "b"], [], "id"), ["a", "b"]);
  assert.equal(usualFields(Array.from({ length: 300 }, (_, i) => `f${i}`), [], "id").length, 8);
});

test("all words have to stand somewhere", () => {
  const issues = [issue(1, { status: "Paid", carrier: "Swift" }), issue(2, { status: "paid" })];
  assert.deepEqual(ids(search(issues, "PAID swift")), [1]);
  assert.deepEqual(ids(search(issues, "order 2")), [2]);
  assert.deepEqual(ids(search(issues, "  ")), [1, 2]);
});

test("numbers are sorted as numbers, and what is missing comes last", () => {
  const issues = [issue(1, { n: 10 }), issue(2, { n: 9 }), issue(3, {}), issue(4, { n: new ExactNumber("9007199254740993") }), issue(5, { n: "x" })];
  assert.deepEqual(ids(sort(issues, "data.n", false)), [2, 1, 4, 5, 3]);
  assert.deepEqual(ids(sort(issues, "data.n", true)), [5, 4, 1, 2, 3]);
});

test("digits in text are sorted as numbers", () => {
  assert.deepEqual(ids(sort([issue(10, {}), issue(9, {})], "model_id", false)), [9, 10]);
});

test("a column that does not exist changes nothing", () => {
  assert.deepEqual(ids(sort([issue(1, {}), issue(2, {})], "constructor", false)), [1, 2]);
});
