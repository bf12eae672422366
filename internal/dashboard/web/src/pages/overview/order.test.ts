import assert from "node:assert/strict";
import { test } from "node:test";
import type { Alert, Monitor } from "../../api/types";
import { filterOf, inOrder, passes } from "./order";

const alert = (id: number, priority: number, more: Partial<Alert> = {}): Alert => ({
  id, priority, monitor: "stuck_orders", status: "active", acknowledged: false, acknowledge_priority: null, is_priority_acknowledged: false,
  locked: false, silenced: false, silences: [], can_acknowledge: true, can_lock: true, can_solve: false, active_issues: 1,
  created_at: "2026-11-24T16:00:00Z", updated_at: "2026-11-24T16:00:00Z", solved_at: null, ...more,
});

const monitor = { name: "stuck_orders", summary: "Orders that wait", labels: { team: "fulfilment" } } as unknown as Monitor;

const filtered = (query: string, of: Alert) => passes(of, filterOf(new URLSearchParams(query)), monitor);

test("what waits for somebody comes before what somebody knows of, however important", () => {
  const order = inOrder([alert(1, 1, { is_priority_acknowledged: true }), alert(2, 4), alert(3, 2), alert(4, 2), alert(5, 1, { silenced: true })]);
  assert.deepEqual(order.map(({ id }) => id), [4, 3, 2, 5, 1]);
});

test("without a filter everything passes", () => assert.ok(filtered("", alert(1, 3))));

test("all of the filters have to pass", () => {
  assert.ok(filtered("priority=1&priority=3&state=waiting&label=team:fulfilment&q=orders+wait", alert(1, 3)));
  assert.ok(!filtered("priority=1", alert(1, 3)));
  assert.ok(!filtered("state=acknowledged", alert(1, 3)));
  assert.ok(!filtered("state=nonsense", alert(1, 3)));
  assert.ok(!filtered("label=team:payments", alert(1, 3)));
  assert.ok(!filtered("q=refunds", alert(1, 3)));
  assert.ok(!filtered("monitor=refunds", alert(1, 3)));
});

test("an alert is found by its number", () => assert.ok(filtered("q=417", alert(417, 3))));
