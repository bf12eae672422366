import assert from "node:assert/strict";
import { test } from "node:test";
import type { Event } from "../../api/types";
import { gather } from "./gather";

const event = (id: number, event_name: string): Event => ({
  id, event_name, event_source: "alert", event_source_id: 1, monitor: "m", event_data: {}, extra_payload: {},
  actor: null, execution_id: null, created_at: "2026-11-24T12:00:00Z",
});

test("updates in a row are one line, the newest of them", () => {
  const lines = gather([event(6, "alert_updated"), event(5, "alert_updated"), event(4, "alert_locked"), event(3, "alert_updated"), event(2, "alert_issues_linked"), event(1, "alert_issues_linked")]);
  assert.deepEqual(lines.map(({ last, times }) => [last.id, times]), [[6, 2], [4, 1], [3, 1], [2, 1], [1, 1]]);
});
