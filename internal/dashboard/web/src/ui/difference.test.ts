import assert from "node:assert/strict";
import { test } from "node:test";
import { ExactNumber } from "../api/exact";
import { difference } from "./difference";

test("the order of fields does not matter", () => {
  assert.deepEqual(difference({ a: 1, b: { c: [1], d: null } }, { b: { d: null, c: [1] }, a: 1 }), []);
});

test("what is different is named where it is", () => {
  assert.deepEqual(difference({ a: 1, b: { c: [1, 2] }, old: "x" }, { a: 2, b: { c: [1, 3, 4] }, next: null }), [
    { place: ["a"], before: 1, after: 2 },
    { place: ["b", "c", "1"], before: 2, after: 3 },
    { place: ["b", "c", "2"], before: undefined, after: 4 },
    { place: ["old"], before: "x", after: undefined },
    { place: ["next"], before: undefined, after: null },
  ]);
});

test("unlike kinds are never equal", () => {
  assert.equal(difference({ a: "7" }, { a: 7 }).length, 1);
  assert.deepEqual(difference({ a: [] }, { a: {} }), [{ place: ["a"], before: [], after: {} }]);
  assert.equal(difference({ a: null }, {}).length, 1);
});

test("names that objects have by themselves are names like others", () => {
  assert.deepEqual(difference({}, { constructor: 1 }), [{ place: ["constructor"], before: undefined, after: 1 }]);
  assert.equal(difference(JSON.parse('{"__proto__": 1}'), JSON.parse('{"__proto__": 2}')).length, 1);
});

test("large numbers are compared exactly", () => {
  assert.equal(difference({ a: new ExactNumber("9007199254740993") }, { a: new ExactNumber("9007199254740993") }).length, 0);
  assert.equal(difference({ a: new ExactNumber("9007199254740993") }, { a: new ExactNumber("9007199254740995") }).length, 1);
});
