import { setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import type { Diagnostic } from "../../../api/types";
import { marksOf, offsetOf } from "./findings";
import type { Knowledge } from "./knowledge";
import { setup } from "./setup";

export interface Code {
  /** Shows a file with a text. What was typed in it before can still be undone. */
  show(file: string, text: string): void;
  /** Marks what is wrong in the file that is shown. */
  mark(findings: readonly Diagnostic[]): void;
  /** Puts the cursor at a place, both numbers from 1. */
  goTo(line: number, column: number): void;
  focus(): void;
  destroy(): void;
}

interface Options {
  know: Knowledge;
  readOnly: boolean;
  onChange: (file: string, text: string) => void;
}

/**
 * Opens an editor in an element. It stands in a shadow tree: there its style comes as
 * style sheets that are made by script, and not as elements, which the page's policy refuses.
 */
export function openCode(element: HTMLElement, { know, readOnly, onChange }: Options): Code {
  const root = element.shadowRoot ?? element.attachShadow({ mode: "open" });
  const states = new Map<string, EditorState>();
  let file = "";
  let text = "";
  const view: EditorView = new EditorView({
    root, parent: root,
    dispatchTransactions: (transactions) => {
      view.update(transactions);
      if (!transactions.some((transaction) => transaction.docChanged)) return;
      text = view.state.doc.toString();
      onChange(file, text);
    },
  });
  const open = (name: string, content: string) => {
    if (file) states.set(file, view.state);
    file = name;
    text = content;
    view.setState(states.get(name) ?? EditorState.create({ doc: content, extensions: setup(name, know, readOnly) }));
  };
  return {
    show(name, content) {
      if (name !== file) open(name, content);
      else if (content === text) return;
      text = content;
      // It was changed elsewhere: by going back to what is stored, or by taking what others made of it.
      if (view.state.doc.toString() !== content) view.update([view.state.update({ changes: { from: 0, to: view.state.doc.length, insert: content } })]);
    },
    mark: (findings) => view.dispatch(setDiagnostics(view.state, marksOf(view.state.doc, findings))),
    goTo(line, column) {
      const at = offsetOf(view.state.doc, line, column);
      view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: "center" }) });
      view.focus();
    },
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  };
}
