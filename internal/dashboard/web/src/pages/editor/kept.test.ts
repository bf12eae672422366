import assert from "node:assert/strict";
import { test } from "node:test";
import { keeper, type Shelf, withChanges } from "./kept";

function shelf(): Shelf & { items: Map<string, string> } {
  const items = new Map<string, string>();
  return {
    items, get length() { return items.size; },
    key: (i) => [...items.keys()][i] ?? null,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}

const base = { "monitor.star": "a", "search.sql": "b" };
const at = { version: 3, etag: '"v3"' };

test("what was typed is there again, until it is saved", () => {
  const place = shelf();
  const files = { "monitor.star": "typed", "new.sql": "n" };
  const tab = keeper(place, { who: "kai", monitor: "orders", tab: "1" });
  assert.equal(tab.write(base, files, at), true);
  const kept = keeper(place, { who: "kai", monitor: "orders", tab: "1" }).read();
  assert.deepEqual(kept && withChanges(base, kept.changes), files);
  assert.equal(kept?.etag, '"v3"');
  assert.equal(keeper(place, { who: "ann", monitor: "orders", tab: "1" }).read(), undefined);
  assert.equal(keeper(place, { who: "kai", monitor: "order", tab: "1" }).read(), undefined);
  tab.write(base, base, at);
  assert.equal(place.items.size, 0);
});

test("another tab's text is found if there is no own one, and never overwritten", () => {
  const place = shelf();
  keeper(place, { who: "kai", monitor: "orders", tab: "1" }).write(base, { ...base, x: "1" }, at);
  const second = keeper(place, { who: "kai", monitor: "orders", tab: "2" });
  assert.deepEqual(second.read()?.changes, { x: "1" });
  second.write(base, { ...base, x: "2" }, at);
  assert.equal(place.items.size, 2);
  assert.deepEqual(second.read()?.changes, { x: "2" });
  second.forget();
  assert.deepEqual(second.read()?.changes, { x: "1" });
});

test("what another tab typed after it was read is not forgotten", () => {
  const place = shelf();
  const first = keeper(place, { who: "kai", monitor: "orders", tab: "1" });
  const second = keeper(place, { who: "kai", monitor: "orders", tab: "2" });
  first.write(base, { ...base, x: "1" }, at);
  second.read();
  first.write(base, { ...base, x: "more" }, at);
  second.forget();
  assert.deepEqual(first.read()?.changes, { x: "more" });
  second.read();
  second.forget();
  assert.equal(place.items.size, 0, "what it has read and nobody changed is done with");
});

test("what is too old or no draft is forgotten", () => {
  const place = shelf();
  place.setItem("vedette-draft/kai/orders/1", JSON.stringify({ ...at, changes: {}, at: 1 }));
  place.setItem("vedette-draft/kai/orders/2", "{");
  place.setItem("vedette-theme", "dark");
  assert.equal(keeper(place, { who: "kai", monitor: "orders", tab: "3" }).read(), undefined);
  assert.deepEqual([...place.items.keys()], ["vedette-theme"]);
});

test("a browser without room says so", () => {
  const place = shelf();
  place.setItem = () => { throw new Error("quota"); };
  assert.equal(keeper(place, { who: "kai", monitor: "orders", tab: "1" }).write(base, {}, at), false);
});
