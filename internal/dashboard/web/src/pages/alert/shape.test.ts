import assert from "node:assert/strict";
import { test } from "node:test";
import type { Issue } from "../../api/types";
import { shapeOf } from "./shape";

const at = "2026-11-24T12:00:00Z";
const issue = (data: unknown): Issue => ({
  id: 1, data, monitor: "m", alert_id: 1, model_id: "1", status: "active", created_at: at, updated_at: at, solved_at: null, dropped_at: null,
});
const width = (data: unknown) => parseFloat(shapeOf("a", [issue(data)]).width);

test("long values get more room, up to a bound", () => {
  assert.ok(width({ a: at }) > width({ a: "paid" }));
  assert.equal(width({ a: "x".repeat(5000) }), width({ a: "x".repeat(26) }));
  assert.equal(width({}), width({ a: 1 }));
});

test("a column of numbers is one that holds nothing else", () => {
  assert.equal(shapeOf("a", [issue({ a: 1 }), issue({ a: null }), issue({})]).numbers, true);
  assert.equal(shapeOf("a", [issue({ a: 1 }), issue({ a: "x" })]).numbers, false);
  assert.equal(shapeOf("a", [issue({})]).numbers, false);
});
