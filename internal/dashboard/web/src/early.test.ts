import assert from "node:assert/strict";
import { test } from "node:test";

const asked: string[] = [];
Object.assign(globalThis, {
  location: { hash: "#/?priority=1" },
  fetch: (path: string) => {
    asked.push(path);
    return Promise.reject(new Error("the server is away"));
  },
});

test("what is asked for early is taken once, with what went wrong", async () => {
  await import("./early");
  const { takeEarly, forgetEarly } = await import("./api/early");
  const { first } = await import("./api/first");
  assert.deepEqual(asked, [first.session, first.alerts]);
  await assert.rejects(takeEarly(first.session) ?? Promise.resolve(), /away/);
  assert.equal(takeEarly(first.session), undefined);
  forgetEarly();
  assert.equal(takeEarly(first.alerts), undefined);
});
