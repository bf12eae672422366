import assert from "node:assert/strict";
import { test } from "node:test";
import { dropAll, told } from "./dropall";

const refuse = (status: number) => Promise.reject(Object.assign(new Error("no"), { status, away: status === 503 }));
const silent = () => {};

test("what is refused is counted, and the others are dropped", async () => {
  const result = await dropAll([1, 2, 3, 4, 5], (id) => (id % 2 === 0 ? refuse(409) : Promise.resolve()), new AbortController().signal, silent);
  assert.deepEqual(result, { dropped: 3, refused: 2, left: 0, why: "no" });
  assert.equal(told(result), "3 issues dropped, 2 refused. no");
});

test("nothing more is asked of a server that is away", async () => {
  const ids = Array.from({ length: 100 }, (_, i) => i + 1);
  assert.deepEqual(await dropAll(ids, () => refuse(503), new AbortController().signal, silent), { dropped: 0, refused: 0, left: 100, why: "no" });
});

test("nothing is asked once somebody has stopped it", async () => {
  const { dropped, left } = await dropAll([1, 2], () => Promise.resolve(), AbortSignal.abort(), silent);
  assert.deepEqual([dropped, left], [0, 2]);
});
