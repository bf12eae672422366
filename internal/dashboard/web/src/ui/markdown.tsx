// Markdown as nodes of the page. Its text comes from authors and is hostile: there is no HTML on the way,
// what is HTML in it stands there as text, images are named and not loaded, and links lead only to safe places.
import { lexer, type MarkedToken, type Token, type Tokens } from "marked";
import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import { unescape } from "./entities";
import { OuterLink, safeAddress } from "./link";
import "./markdown.css";

/** How deep lists and quotes may stand in each other; deeper ones are shown as they are written. */
const deepest = 12;

/** Where a node stands: below a heading of which level, and how deep in others. */
interface Place {
  below: number;
  depth: number;
}

/** Shows Markdown. Its headings begin one level below the heading that it stands under. */
export function Markdown({ text, below = 1 }: { text: string; below?: 1 | 2 | 3 }) {
  const content = useMemo(() => markdown(text, below), [text, below]);
  return <div class="markdown">{content}</div>;
}

/** Gives the nodes of a text. */
export function markdown(text: string, below: number): ComponentChildren {
  let tokens: Token[];
  try {
    tokens = lexer(text);
  } catch {
    return <pre tabIndex={0}>{text}</pre>; // nested too deeply to be read
  }
  return nodes(tokens, { below, depth: 0 });
}

const nodes = (tokens: Token[], place: Place): ComponentChildren =>
  place.depth > deepest ? tokens.map((token) => token.raw).join("") : tokens.map((token) => node(known(token), place));

/** Without extensions, there are no other tokens. */
const known = (token: Token) => token as MarkedToken;

function node(token: MarkedToken, place: Place): ComponentChildren {
  const inside = { ...place, depth: place.depth + 1 };
  switch (token.type) {
    case "heading":
      return heading(token, inside);
    case "paragraph":
      return <p>{nodes(token.tokens, inside)}</p>;
    case "text":
      return token.tokens ? nodes(token.tokens, inside) : unescape(token.text);
    case "strong":
      return <strong>{nodes(token.tokens, inside)}</strong>;
    case "em":
      return <em>{nodes(token.tokens, inside)}</em>;
    case "del":
      return <del>{nodes(token.tokens, inside)}</del>;
    case "codespan":
      return <code>{token.text}</code>;
    case "code":
      return <pre tabIndex={0}><code>{token.text}</code></pre>;
    case "blockquote":
      return <blockquote>{nodes(token.tokens, inside)}</blockquote>;
    case "list":
      return list(token, inside);
    case "list_item":
      return <li>{nodes(token.tokens, inside)}</li>;
    case "checkbox":
      return <><input type="checkbox" disabled checked={token.checked} aria-label={token.checked ? "done" : "not done"} />{" "}</>;
    case "table":
      return table(token, inside);
    case "link":
      return link(token, inside);
    case "image":
      return <span class="soft" title={token.href}>[image: {unescape(token.text) || token.href}]</span>;
    case "escape":
      return token.text;
    case "html":
      return html(token);
    case "br":
      return <br />;
    case "hr":
      return <hr />;
    case "space":
    case "def":
      return null;
  }
}

function heading(token: Tokens.Heading, place: Place) {
  const Heading = (["h2", "h3", "h4", "h5", "h6"] as const)[Math.min(token.depth + place.below, 6) - 2] ?? "h6";
  return <Heading>{nodes(token.tokens, place)}</Heading>;
}

function list(token: Tokens.List, place: Place) {
  const items = nodes(token.items, place);
  return token.ordered ? <ol start={token.start === "" ? 1 : token.start}>{items}</ol> : <ul>{items}</ul>;
}

function table(token: Tokens.Table, place: Place) {
  const cell = (Cell: "th" | "td", { tokens, align }: Tokens.TableCell, i: number) =>
    <Cell key={i} class={align ? `to-${align}` : undefined}>{nodes(tokens, place)}</Cell>;
  return (
    <div class="scroll" role="region" aria-label="Table" tabIndex={0}>
      <table>
        <thead><tr>{token.header.map((c, i) => cell("th", c, i))}</tr></thead>
        <tbody>{token.rows.map((row, at) => <tr key={at}>{row.map((c, i) => cell("td", c, i))}</tr>)}</tbody>
      </table>
    </div>
  );
}

function link(token: Tokens.Link, place: Place) {
  const address = safeAddress(token.autolink ? token.href : unescape(token.href), "mailto:");
  // An autolink's text is literal, and holds no other tokens than its own text.
  const text = token.autolink ? token.text : nodes(token.tokens, place);
  return address ? <OuterLink to={address} title={token.title ?? undefined}>{text}</OuterLink> : <>{text}</>;
}

/** Shows HTML as the text that it is, without comments; what breaks a line does. */
function html({ raw, block }: Tokens.HTML | Tokens.Tag): ComponentChildren {
  if (/^<br\s*\/?>$/i.test(raw.trim())) return <br />;
  const text = raw.replace(/<!--[\s\S]*?(?:-->|$)/g, "");
  if (!block) return text;
  return text.trim() && <p class="raw">{text.trim()}</p>;
}
