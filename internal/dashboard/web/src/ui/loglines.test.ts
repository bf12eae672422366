import assert from "node:assert/strict";
import { test } from "node:test";
import { filtered, linesOf } from "./loglines";

const at = "2026-11-24T12:00:00Z";
const lines = linesOf([
  { at, level: "info", message: "Began", fields: null },
  { at, level: "warning", message: "odd", fields: { order: 7, why: { a: [1] } } },
  { at, level: "error", message: "bad", fields: { text: "a b" } },
]);
const found = (levels: string[], text: string) => filtered(lines, levels, text).map(({ message }) => message);

test("levels let through what they name, and none lets everything through", () => {
  assert.deepEqual(found([], ""), ["Began", "odd", "bad"]);
  assert.deepEqual(found(["warning", "error"], ""), ["odd", "bad"]);
});

test("what is sought may be in the message or a field", () => {
  assert.deepEqual(found([], "began"), ["Began"]);
  assert.deepEqual(found([], "order=7"), ["odd"]);
  assert.deepEqual(found([], "\"a\":[1]"), ["odd"]);
  assert.deepEqual(found(["info"], "a b"), []);
});
