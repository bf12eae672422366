import assert from "node:assert/strict";
import { test } from "node:test";
import type { Monitor } from "../../api/types";
import { labelsOf, passing, sorted, sortingOf } from "./filter";
import { nextRun, trouble } from "./trouble";

const base: Monitor = {
  id: 1, name: "orders", enabled: true, health: "ok", last_proven_at: null, summary: "Orders", documentation: "", labels: {}, version: 1, hash: "", etag: "",
  source: "api", read_only: "", solvable: true, search_cron: "", update_cron: "", next_search_at: null, next_update_at: null, busy: false, last_execution: null,
  active_issues: 0, active_alerts: 0, problems: [], model_id_key: "id", issues_fields: [],
};
const monitor = (name: string, more: Partial<Monitor> = {}): Monitor => ({ ...base, name, ...more });
const names = (monitors: Monitor[]) => monitors.map(({ name }) => name);
const query = (text: string) => new URLSearchParams(text);
const run: NonNullable<Monitor["last_execution"]> = { id: 1, status: "succeeded", tasks: [], queued_at: "2026-11-24T16:00:00Z", started_at: null, finished_at: null, error: "" };

test("what is not known comes first, and of what is wrong the most", () => {
  const monitors = [monitor("a"), monitor("b", { health: "violating", active_issues: 1 }), monitor("c", { health: "violating", active_issues: 5 }), monitor("d", { health: "unknown" }), monitor("e", { health: "disabled" })];
  assert.deepEqual(names(sorted(monitors, sortingOf(query("")))), ["d", "c", "b", "a", "e"]);
});

test("the order stands in the address", () => {
  const monitors = [monitor("b", { active_issues: 2 }), monitor("a", { active_issues: 1 })];
  assert.deepEqual(names(sorted(monitors, sortingOf(query("sort=-name")))), ["b", "a"]);
  assert.deepEqual(names(sorted(monitors, sortingOf(query("sort=issues")))), ["a", "b"]);
  assert.equal(sortingOf(query("sort=constructor")).by, "health");
});

test("monitors are found by words, health and label", () => {
  const monitors = [monitor("orders", { labels: { team: "shop" } }), monitor("refunds", { health: "unknown" })];
  assert.deepEqual(names(passing(monitors, query("q=SHOP+ord"))), ["orders"]);
  assert.deepEqual(names(passing(monitors, query("health=unknown&health=violating"))), ["refunds"]);
  assert.deepEqual(names(passing(monitors, query("label=team:shop"))), ["orders"]);
  assert.deepEqual(labelsOf(monitors), ["team:shop"]);
});

test("it is said why an answer is not known", () => {
  const now = Date.parse("2026-11-24T17:00:00Z");
  assert.equal(trouble(monitor("a"), now), "");
  assert.match(trouble(monitor("a", { health: "unknown" }), now), /never run/);
  assert.match(trouble(monitor("a", { health: "unknown", last_execution: { ...run, error: "search: no such table" } }), now), /no such table/);
  assert.match(trouble(monitor("a", { health: "unknown", last_execution: run, next_search_at: "2026-11-24T16:30:00Z" }), now), /overdue/);
  assert.match(trouble(monitor("a", { health: "unknown", last_execution: run }), now), /not see everything/);
  assert.equal(trouble(monitor("a", { enabled: false, health: "disabled", next_search_at: "2026-11-24T16:30:00Z" }), now), "");
});

test("the next run is what is due first", () => {
  assert.equal(nextRun(monitor("a", { next_search_at: "2026-11-24T16:30:00Z", next_update_at: "2026-11-24T16:10:00Z" })), "2026-11-24T16:10:00Z");
  assert.equal(nextRun(monitor("a", { next_update_at: "2026-11-24T16:10:00Z" })), "2026-11-24T16:10:00Z");
  assert.equal(nextRun(monitor("a")), null);
});
