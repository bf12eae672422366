import assert from "node:assert/strict";
import { test } from "node:test";
import { codeName, cut, parts } from "./marks";

test("what cannot be seen is named", () => {
  assert.deepEqual(parts("gnp.\u202eexe"), ["gnp.", { code: 0x202e }, "exe"]);
  assert.deepEqual(parts("\u0000"), [{ code: 0 }]);
  assert.equal(codeName(0x202e), "U+202E");
  assert.equal(codeName(7), "U+0007");
});

test("other text stays whole", () => {
  for (const text of ["", "a\tb\nc", "שלום", "👩‍👩‍👧", "é ü ß", "<script>alert(1)</script>"]) assert.deepEqual(parts(text), [text]);
});

test("characters are not cut apart", () => {
  assert.equal(cut("abc", 2), "ab");
  assert.equal(cut("a😀", 2), "a");
  assert.equal(cut("a😀", 3), "a😀");
});
