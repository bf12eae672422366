import assert from "node:assert/strict";
import { test } from "node:test";
import { emptySilence, flaw, fromAddress, labelsOf, requestOf, type SilenceForm } from "./silenceform";

const form = (some: Partial<SilenceForm>): SilenceForm => ({ ...emptySilence, comment: " release ", ...some });

test("only what is asked for is sent", () => {
  assert.deepEqual(requestOf(form({ monitor: "orders" })), { comment: "release", monitor: "orders", for: "2h" });
  assert.deepEqual(requestOf(form({ everything: true, recurs: true, every: "0 2 * * 0", lasts: "90m", zone: "Europe/Berlin" })),
    { comment: "release", everything: true, for: "90m", every: "0 2 * * 0", zone: "Europe/Berlin" });
});

test("an end wins over how long it lasts", () => {
  const { ends_at, for: lasts } = requestOf(form({ priority: "3", ends: "2026-12-01T08:00" }));
  assert.equal(ends_at, new Date("2026-12-01T08:00").toISOString());
  assert.equal(lasts, undefined);
});

test("labels are names with values", () => {
  assert.deepEqual(labelsOf("team: shop, tier=1,"), { team: "shop", tier: "1" });
  assert.deepEqual(labelsOf(""), {});
  assert.equal(labelsOf("team"), undefined);
});

test("what is missing is asked for", () => {
  assert.match(flaw(form({})), /what it is about/);
  assert.match(flaw(form({ everything: true, monitor: "orders" })), /leave the other fields empty/);
  assert.match(flaw(form({ monitor: "orders", lasts: "" })), /how long/);
  assert.match(flaw(form({ monitor: "orders", recurs: true })), /when it recurs/);
  assert.equal(flaw(form({ monitor: "orders" })), "");
});

test("an address says what a silence is about", () => {
  const { monitor, labels, priority } = fromAddress(new URLSearchParams("monitor=orders&label=team:shop&label=tier:1&priority=3"));
  assert.deepEqual([monitor, labels, priority], ["orders", "team:shop, tier:1", "3"]);
});
