import assert from "node:assert/strict";
import { test } from "node:test";
import { Problem } from "../../api/problem";
import { dropAll, told } from "./dropall";

const refuse = (status: number) => Promise.reject(new Problem(status, "no"));
const silent = () => {};

test("what is refused is counted, and the others are dropped", async () => {
  const result = await dropAll([1, 2, 3, 4, 5], (id) => (id % 2 === 0 ? refuse(409) : Promise.resolve()), new AbortController().signal, silent);
  assert.deepEqual(result, { dropped: 3, refused: 2, left: 0, unknown: 0, why: "no" });
  assert.equal(told(result), "3 issues dropped, 2 refused. no");
});

test("nothing more is asked of a server that is away", async () => {
  const ids = Array.from({ length: 100 }, (_, i) => i + 1);
  const result = await dropAll(ids, () => refuse(503), new AbortController().signal, silent);
  assert.deepEqual(result, { dropped: 0, refused: 0, left: 96, unknown: 4, why: "no" });
  assert.equal(told(result), "0 issues dropped, 96 left as they are, of 4 it is not known. no");
});

test("nothing is asked once somebody has stopped it", async () => {
  const { dropped, left } = await dropAll([1, 2], () => Promise.resolve(), AbortSignal.abort(), silent);
  assert.deepEqual([dropped, left], [0, 2]);
});

test("who waits no longer is told of how many nobody knows", async () => {
  const ending = new AbortController();
  const drop = (id: number) => (id === 1 ? Promise.resolve() : new Promise((_, give) => { ending.signal.addEventListener("abort", () => give(ending.signal.reason)); setTimeout(() => ending.abort()); }));
  const { dropped, left, unknown } = await dropAll([1, 2, 3], drop, ending.signal, silent);
  assert.deepEqual([dropped, left, unknown], [1, 0, 2]);
});
