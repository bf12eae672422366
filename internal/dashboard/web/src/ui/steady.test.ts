import assert from "node:assert/strict";
import { test } from "node:test";
import { inPlace } from "./steady";

const row = (id: number, text = "") => ({ id, text });
const keyOf = ({ id }: { id: number }) => id;

test("rows change where they stand", () => {
  const steady = inPlace([row(1), row(2)], [row(2, "worse"), row(1)], keyOf);
  assert.deepEqual(steady.rows, [row(1), row(2, "worse")]);
  assert.equal(steady.coming, 0);
  assert.equal(steady.gone.size, 0);
});

test("what is gone stays until later, and what is new waits", () => {
  const steady = inPlace([row(1), row(2)], [row(3), row(2), row(4)], keyOf);
  assert.deepEqual(steady.rows, [row(1), row(2)]);
  assert.deepEqual([...steady.gone], [1]);
  assert.equal(steady.coming, 2);
});
