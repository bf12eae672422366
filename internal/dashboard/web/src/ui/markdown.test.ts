import assert from "node:assert/strict";
import { test } from "node:test";
import type { ComponentChildren, VNode } from "preact";
import { markdown } from "./markdown";

/** Writes nodes down: [name attributes: content]. */
function drawn(node: ComponentChildren): string {
  if (Array.isArray(node)) return node.map(drawn).join("");
  if (node === null || node === undefined || typeof node === "boolean") return "";
  if (typeof node !== "object") return String(node);
  const { type, props } = node as VNode<Record<string, unknown>>;
  if (typeof type === "function" && type.length > 0) return drawn((type as (given: unknown) => ComponentChildren)(props));
  const content = drawn(props["children"] as ComponentChildren);
  if (typeof type === "function") return content; // a fragment
  return `[${type}${props["href"] ? ` ${String(props["href"])}` : ""}: ${content}]`;
}

const shown = (text: string, below = 1) => drawn(markdown(text, below)).replace(/\s+/g, " ");

test("headings stand below the page's own", () => {
  assert.equal(shown("# One\n\n## Two\n\n###### Six"), "[h2: One][h3: Two][h6: Six]");
  assert.equal(shown("# One\n\n## Two", 2), "[h3: One][h4: Two]");
});

test("lists, code and tables are what they are", () => {
  assert.equal(shown("- a\n- `b`"), "[ul: [li: a][li: [code: b]]]");
  assert.equal(shown("```sql\nselect 1 < 2\n```"), "[pre: [code: select 1 < 2]]");
  assert.equal(shown("| a |\n|---|\n| **b** |"), "[div: [table: [thead: [tr: [th: a]]][tbody: [tr: [td: [strong: b]]]]]]");
  assert.equal(shown("- [x] done"), "[ul: [li: [input: ] done]]");
});

test("HTML is text, and its comments are nothing", () => {
  assert.equal(shown("<script>alert(1)</script>"), "[p: <script>alert(1)</script>]");
  assert.equal(shown("a <img src=x onerror=alert(1)> b"), "[p: a <img src=x onerror=alert(1)> b]");
  assert.equal(shown("<!-- secret -->\n\ntext"), "[p: text]");
});

test("links lead out only to what is safe, and the rest is its text", () => {
  assert.equal(shown("[a](https://example.com/?a=1&amp;b=2)"), "[p: [a https://example.com/?a=1&b=2: a]]");
  assert.equal(shown("<mailto:x@example.com>"), "[p: [a mailto:x@example.com: mailto:x@example.com]]");
  for (const address of ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "java&#115;cript:alert(1)", "data:text/html,x", "vbscript:x", "//evil.example", "./other.md", "#anchor", "&#106;avascript:alert(1)"]) {
    assert.equal(shown(`[a](${address})`), "[p: a]", address);
  }
});

test("images are named and not loaded", () => {
  assert.equal(shown("![a plan](https://example.com/plan.png)"), "[p: [span: [image: a plan]]]");
});

test("character references are written out, in text only", () => {
  assert.equal(shown("a &lt; b &#8212; &#x41; &unknown; `&lt;`"), "[p: a < b — A &unknown; [code: &lt;]]");
});

test("what is nested too deeply is shown as it is written", () => {
  assert.match(shown(`${">".repeat(40)} deep`), /> deep/);
  assert.match(shown(`${">".repeat(20_000)} deep`), /> deep/);
  assert.match(shown(`${"[".repeat(5_000)}a${"](x)".repeat(5_000)}`), /a/);
});
