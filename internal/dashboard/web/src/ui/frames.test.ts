import assert from "node:assert/strict";
import { test } from "node:test";
import { framesOf, placeOf } from "./frames";

test("frames are read, the outermost first", () => {
  const traceback = "Traceback (most recent call last):\n  monitor.star:14:12: in search\n    return total(rows)\n  //shared/money.star:4:26: in amount\n    return row[\"a:1:2: in b\"] + 1\n";
  assert.deepEqual(framesOf(traceback), [
    { file: "monitor.star", line: 14, column: 12, name: "search" },
    { file: "//shared/money.star", line: 4, column: 26, name: "amount" },
  ]);
  assert.deepEqual(framesOf(""), []);
});

test("places may have no column", () => {
  assert.deepEqual(placeOf("a.star:4:26"), { file: "a.star", line: 4, column: 26 });
  assert.deepEqual(placeOf("a.star:4"), { file: "a.star", line: 4, column: 0 });
  assert.equal(placeOf("nowhere"), undefined);
  assert.equal(placeOf(""), undefined);
});
