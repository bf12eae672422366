import assert from "node:assert/strict";
import { test } from "node:test";
import type { Event } from "../api/types";
import { commentOf, happened } from "./happened";

const event = (event_name: string, event_data: unknown = {}, extra_payload: unknown = {}): Event => ({
  id: 1, event_name, event_source: "alert", event_source_id: 1, monitor: "m", event_data, extra_payload,
  actor: null, execution_id: null, created_at: "2026-11-24T12:00:00Z",
});

test("events say what changed", () => {
  assert.equal(happened(event("alert_priority_increased", { priority: 1 }, { previous_priority: 3 })), "priority increased: moderate → critical");
  assert.equal(happened(event("alert_issues_linked", {}, { issue_ids: [1, 2] })), "issues joined the alert: 2 issues");
  assert.equal(happened(event("issue_solved", {}, { reason: "predicate" })), "issue solved: its data say that it is solved");
  assert.equal(happened(event("alert_locked")), "alert locked");
  assert.equal(happened({ ...event("issue_dropped", {}, { reason: "person" }), actor: "ada" }), "issue dropped");
});

test("what is not known is shown as it is", () => {
  assert.equal(happened(event("alert_sang")), "alert_sang");
  assert.equal(happened(event("issue_solved", {}, { reason: "magic" })), "issue solved: magic");
  assert.equal(happened(event("alert_created", null, null)), "alert created: unknown");
  assert.equal(commentOf(event("alert_locked", {}, { comment: 7 })), "");
});
