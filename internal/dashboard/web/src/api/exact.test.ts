import assert from "node:assert/strict";
import { test } from "node:test";
import { ExactNumber, parseJSON, writeJSON } from "./exact";

/** Older engines do not tell how a number was written. */
const tells = "rawJSON" in JSON;

test("numbers beyond what can be counted exactly stay as they are", { skip: !tells }, () => {
  const { id, other } = parseJSON('{"id": 9007199254740993, "other": -12345678901234567890}') as Record<string, unknown>;
  assert.ok(id instanceof ExactNumber);
  assert.equal(String(id), "9007199254740993");
  assert.equal(String(other), "-12345678901234567890");
  assert.equal(writeJSON({ id }), '{"id":9007199254740993}');
});

test("numbers too large for a float stay as they are", { skip: !tells }, () => {
  assert.equal(String(parseJSON("1e400")), "1e400");
});

test("other numbers are numbers", () => {
  assert.deepEqual(parseJSON('{"a": 1, "b": 0.30000000000000004, "c": 9007199254740991, "t": "2026-11-24T16:26:15.054711Z"}'),
    { a: 1, b: 0.30000000000000004, c: 9007199254740991, t: "2026-11-24T16:26:15.054711Z" });
});
