import assert from "node:assert/strict";
import { test } from "node:test";
import { Problem } from "../api/problem";
import { adviceOf, told } from "./advice";

const advice = (status: number, changes = true) => adviceOf(new Problem(status, "said"), changes);

test("who does not know whether it was done is told to look first", () => {
  for (const status of [0, 502, 503, 504]) {
    assert.match(advice(status), /may have been done/);
    assert.equal(advice(status, false), "");
  }
  assert.doesNotMatch(advice(500), /may have been done/);
});

test("there is something to do about every refusal of a change", () => {
  for (const status of [400, 401, 403, 404, 409, 422, 429, 500, 501]) assert.notEqual(advice(status), "", String(status));
});

test("the server's words come first", () => {
  assert.match(told(new Problem(500, "the log says more"), true), /^the log says more\. Try again/);
  assert.equal(told(new Problem(0, "The server cannot be reached."), false), "The server cannot be reached.");
});
