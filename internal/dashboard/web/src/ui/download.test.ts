import assert from "node:assert/strict";
import { test } from "node:test";
import { ExactNumber } from "../api/exact";
import { csv } from "./download";

test("a table is lines of cells", () => {
  assert.equal(csv(["a", "b"], [[1, "x"], [null, undefined], [true, 0.5]]), "a,b\r\n1,x\r\n,\r\ntrue,0.5\r\n");
});

test("cells with separators are quoted", () => {
  assert.equal(csv(["a"], [["x,y"], ['say "hi"'], ["two\nlines"], ["two\r\nlines"]]), 'a\r\n"x,y"\r\n"say ""hi"""\r\n"two\nlines"\r\n"two\r\nlines"\r\n');
});

test("text that a spreadsheet would compute is kept from it", () => {
  for (const start of ["=", "+", "-", "@", "＝"]) assert.equal(csv(["a"], [[`${start}1+1`]]), `a\r\n'${start}1+1\r\n`);
  assert.equal(csv(["a"], [["\tx"]]), "a\r\n'\tx\r\n");
  assert.equal(csv(["a"], [["\rx"]]), "a\r\n\"'\rx\"\r\n");
  assert.equal(csv(["a"], [['=HYPERLINK("x","y")']]), "a\r\n\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"\r\n");
  assert.equal(csv(["=cmd"], []), "'=cmd\r\n");
});

test("numbers are not text", () => {
  assert.equal(csv(["a"], [[-5], [new ExactNumber("-9007199254740993")]]), "a\r\n-5\r\n-9007199254740993\r\n");
});

test("what is nested is written as JSON", () => {
  assert.equal(csv(["a"], [[{ b: [1, "x"] }]]), 'a\r\n"{""b"":[1,""x""]}"\r\n');
});
