import assert from "node:assert/strict";
import { test } from "node:test";
import type { Event } from "../../api/types";
import { steps } from "./steps";

const event = (id: number, event_name: string, data: unknown): Event => ({
  id, event_name, event_source: "issue", event_source_id: 1, monitor: "m", event_data: { data }, extra_payload: {},
  actor: null, execution_id: null, created_at: "2026-11-24T12:00:00Z",
});

test("each step has the data of the one before", () => {
  const [second, first] = steps([event(2, "issue_updated_not_solved", { a: 2 }), event(1, "issue_created", { a: 1 })]);
  assert.deepEqual([second?.before, second?.after, second?.first], [{ a: 1 }, { a: 2 }, false]);
  assert.deepEqual([first?.before, first?.after, first?.first], [undefined, { a: 1 }, true]);
});

test("what came before the oldest known event is unknown", () => {
  const [only] = steps([event(7, "issue_solved", { a: 1 })]);
  assert.deepEqual([only?.before, only?.first], [undefined, false]);
});
