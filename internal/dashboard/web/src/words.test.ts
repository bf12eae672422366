import assert from "node:assert/strict";
import { test } from "node:test";
import { ago, compact, count, duration, grouped, instant, may, moment, timeOfDay, took } from "./words";

test("durations have their two largest units", () => {
  assert.equal(duration(0), "0 s");
  assert.equal(duration(-5000), "0 s");
  assert.equal(duration(59_000), "59 s");
  assert.equal(duration(60_000), "1 min");
  assert.equal(duration(3 * 3600_000 + 20 * 60_000), "3 h 20 min");
  assert.equal(duration(48 * 3600_000 + 59_000), "2 d");
});

test("short times are not rounded away", () => {
  assert.equal(took(0.2), "under 1 ms");
  assert.equal(took(12.4), "12 ms");
  assert.equal(took(1234), "1.2 s");
  assert.equal(took(90_000), "1 min");
});

test("one is not many", () => {
  assert.equal(count(1, "issue"), "1 issue");
  assert.equal(count(0, "issue"), "0 issues");
  assert.equal(count(1200, "entry", "entries"), "1,200 entries");
});

test("a larger role may what a smaller one may", () => {
  assert.ok(may("admin", "viewer"));
  assert.ok(!may("viewer", "responder"));
});

test("digits stand in groups", () => {
  assert.deepEqual([0, 999, 1000, 12_345, 1_234_567, -1234].map(grouped), ["0", "999", "1,000", "12,345", "1,234,567", "-1,234"]);
});

test("where there is little room, numbers are short", () => {
  assert.deepEqual([950, 12_000, 3_400_000].map(compact), ["950", "12K", "3.4M"]);
});

test("a time of day has two digits each", () => assert.equal(timeOfDay(new Date(2026, 10, 24, 9, 5, 0)), "09:05:00"));

test("a time has its day before its month, 24 hours, and its zone where that is asked for", () => {
  const date = new Date(2026, 10, 4, 19, 9, 0);
  assert.equal(moment(date), "4 Nov 2026, 19:09:00");
  date.getTimezoneOffset = () => -330;
  assert.equal(instant(date), "4 Nov 2026, 19:09:00 UTC+05:30");
  date.getTimezoneOffset = () => 480;
  assert.equal(instant(date), "4 Nov 2026, 19:09:00 UTC-08:00");
});

test("what has just been is not called 0 seconds ago", () => {
  assert.deepEqual([-3000, 999, 1000, 90_000].map(ago), ["just now", "just now", "1 s ago", "1 min ago"]);
});
