import assert from "node:assert/strict";
import { test } from "node:test";
import { nameTab } from "./tab";

function session(items = new Map<string, string>()) {
  return {
    copy: () => session(new Map(items)),
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
}

test("a tab keeps its name when it is reloaded", () => {
  const own = session();
  const page = new EventTarget();
  const name = nameTab(own, page);
  page.dispatchEvent(new Event("pagehide"));
  assert.equal(nameTab(own, new EventTarget()), name);
});

test("a tab that is duplicated has a name of its own, and the first one keeps its", () => {
  const own = session();
  const page = new EventTarget();
  const name = nameTab(own, page);
  assert.notEqual(nameTab(own.copy(), new EventTarget()), name);
  // Gone and back without a reload: it is there, and so is its name.
  page.dispatchEvent(new Event("pagehide"));
  page.dispatchEvent(new Event("pageshow"));
  assert.notEqual(nameTab(own.copy(), new EventTarget()), name);
  page.dispatchEvent(new Event("pagehide"));
  assert.equal(nameTab(own, new EventTarget()), name);
});
