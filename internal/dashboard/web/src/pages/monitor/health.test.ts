import assert from "node:assert/strict";
import { test } from "node:test";
import type { Monitor } from "../../api/types";
import { why } from "./health";

const now = Date.parse("2026-11-24T12:00:00Z");
const ran: NonNullable<Monitor["last_execution"]> = {
  id: 7, status: "succeeded", tasks: ["search"], queued_at: "2026-11-24T11:59:00Z", started_at: null, finished_at: null, error: "",
};
const monitor: Monitor = {
  id: 1, name: "orders", enabled: true, health: "unknown", last_proven_at: null, summary: "", documentation: "", labels: {}, version: 1, hash: "", etag: "",
  source: "folder", read_only: "", solvable: true, model_id_key: "id", issues_fields: [], search_cron: "* * * * *", update_cron: "", next_search_at: "2026-11-24T12:00:00Z", next_update_at: null,
  busy: false, last_execution: null, active_issues: 0, active_alerts: 0, problems: [],
};

test("what is unknown has its reason", () => {
  assert.equal(why(monitor, now), "It has not run yet.");
  assert.equal(why({ ...monitor, next_search_at: "2026-11-24T11:00:00Z" }, now), "It has not run yet. It is due since 1 h.");
  assert.match(why({ ...monitor, last_execution: { ...ran, status: "failed", error: "search: no" } }, now), /^Its last run failed/);
  assert.match(why({ ...monitor, last_execution: { ...ran, status: "lost" } }, now), /was lost/);
  assert.match(why({ ...monitor, last_execution: ran, next_search_at: "2026-11-24T10:00:00Z" }, now), /should have run 2 h ago/);
  assert.match(why({ ...monitor, last_execution: ran }, now), /did not see everything/);
});

test("what it found before is not forgotten", () => {
  assert.match(why({ ...monitor, last_execution: { ...ran, status: "lost" }, active_issues: 1200 }, now), /still counts: 1,200 active issues/);
});

test("what is known is said", () => {
  assert.equal(why({ ...monitor, health: "violating", active_issues: 1 }, now), "It holds 1 active issue.");
  assert.match(why({ ...monitor, health: "ok" }, now), /no active issue/);
  assert.match(why({ ...monitor, health: "disabled", enabled: false }, now), /until it is enabled/);
});
