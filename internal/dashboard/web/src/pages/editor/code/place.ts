import { syntaxTree } from "@codemirror/language";
import type { EditorState } from "@codemirror/state";
import type { SyntaxNode } from "@lezer/common";

/** The call that a place in the code is in. */
export interface Call {
  /** What is called, as it is written: query, http.get. */
  name: string;
  /** Which of its arguments the place is in, from 0. */
  argument: number;
  /** The name of that argument, if it is given by name. */
  keyword: string | undefined;
  /** The text before that argument's name or value: nothing, if it begins there. */
  begun: boolean;
}

/** Where something is to be completed. */
export interface Place {
  /** The innermost call around it; undefined: there is none. */
  call: Call | undefined;
  /** Where the text of the string begins that it is in; undefined: it is in none. */
  string: { from: number; long: boolean } | undefined;
  comment: boolean;
}

export function placeAt(state: EditorState, pos: number): Place {
  const inner = syntaxTree(state).resolveInner(pos, -1);
  const string = stringAt(state, inner, pos);
  const outer = string ? inner.parent : inner;
  return { call: callAt(state, outer, pos), string, comment: inner.name === "Comment" };
}

function stringAt(state: EditorState, node: SyntaxNode, pos: number): Place["string"] {
  if (node.name !== "String" && node.name !== "FormatString") return undefined;
  const opening = /^\w*("""|'''|"|')/.exec(state.sliceDoc(node.from, node.from + 6));
  if (!opening?.[1] || pos < node.from + opening[0].length) return undefined;
  const quote = opening[1];
  const closed = node.to - node.from >= opening[0].length + quote.length && state.sliceDoc(node.to - quote.length, node.to) === quote;
  if (closed && pos > node.to - quote.length) return undefined;
  return { from: node.from + opening[0].length, long: quote.length === 3 };
}

function callAt(state: EditorState, node: SyntaxNode | null, pos: number): Call | undefined {
  let list = node;
  while (list && (list.name !== "ArgList" || pos <= list.from || closedBefore(list, pos))) {
    if (list.name === "Body" || list.name === "LambdaExpression") return undefined;
    list = list.parent;
  }
  const callee = list?.parent?.firstChild;
  if (!list || !callee || list.parent?.name !== "CallExpression") return undefined;
  return { name: state.sliceDoc(callee.from, callee.to).replace(/\s+/g, ""), ...argumentAt(state, list, pos) };
}

const closedBefore = (list: SyntaxNode, pos: number) => list.lastChild?.name === ")" && pos >= list.to;

function argumentAt(state: EditorState, list: SyntaxNode, pos: number): Omit<Call, "name"> {
  let argument = 0, start = list.from + 1, keyword: string | undefined;
  for (let child = list.firstChild; child && child.from < pos; child = child.nextSibling) {
    if (child.name === ",") {
      argument++;
      start = child.to;
      keyword = undefined;
    } else if (child.name === "AssignOp" && child.prevSibling?.name === "VariableName") {
      keyword = state.sliceDoc(child.prevSibling.from, child.prevSibling.to);
    }
  }
  return { argument, keyword, begun: /\S/.test(state.sliceDoc(start, pos).replace(/\w*$/, "")) };
}
