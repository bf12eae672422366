import assert from "node:assert/strict";
import { test } from "node:test";
import type { Keeper, Kept } from "./kept";
import { openDesk, unsaved } from "./workspace";

const stored = { files: { "monitor.star": "five", "a.sql": "a" }, version: 5, etag: '"v5"' };
const keeping = (kept?: Kept): Keeper => ({ read: () => kept, write: () => true, forget: () => { kept = undefined; } });
const none = () => Promise.reject(new Error("not asked for"));

test("without anything kept, what is stored is shown", async () => {
  const desk = await openDesk("orders", stored, keeping(), none);
  assert.equal(unsaved(desk.get()), false);
  desk.edit("monitor.star", "six");
  assert.equal(unsaved(desk.get()), true);
  desk.edit("monitor.star", "five");
  assert.equal(unsaved(desk.get()), false);
  desk.rename("a.sql", "b.sql");
  assert.deepEqual(desk.get().files, { "monitor.star": "five", "b.sql": "a" });
  desk.discard();
  assert.equal(unsaved(desk.get()), false);
  desk.flush();
});

test("what was typed on an older version keeps that version's tag, so that saving notices", async () => {
  const kept = { version: 4, etag: '"v4"', changes: { "monitor.star": "mine" }, at: 7 };
  const desk = await openDesk("orders", stored, keeping(kept), async () => ({ "monitor.star": "four" }));
  const { base, files, restored } = desk.get();
  assert.deepEqual([base.etag, base.version, files, restored], ['"v4"', 4, { "monitor.star": "mine" }, 7]);
});

test("what is stored by now is not typed any more", async () => {
  const kept = { version: 4, etag: '"v4"', changes: { "monitor.star": "five" }, at: 7 };
  const desk = await openDesk("orders", stored, keeping(kept), async () => ({ "monitor.star": "four", "a.sql": "a" }));
  assert.deepEqual([desk.get().restored, desk.get().base.etag], [undefined, '"v5"']);
});
