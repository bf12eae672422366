import { acceptCompletion, autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { pythonLanguage } from "@codemirror/lang-python";
import { bracketMatching, codeFolding, foldGutter, foldKeymap, indentOnInput, indentUnit } from "@codemirror/language";
import { lintGutter, lintKeymap } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState, type Extension } from "@codemirror/state";
import { crosshairCursor, drawSelection, dropCursor, EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers, rectangularSelection } from "@codemirror/view";
import { completion } from "./completion";
import { hover } from "./hover";
import type { Knowledge } from "./knowledge";
import { sql } from "./sql";
import { sqlCompletion } from "./sqlcompletion";
import { theme } from "./theme";
import { typing } from "./typing";

/** How to leave the editor without a mouse (WCAG 2.1.2). */
export const leaving = "Tab indents. To leave the editor by keyboard, press Escape, then Tab.";

/** What all texts have, whether they can be changed or not. */
export const reading: Extension = [
  theme, lineNumbers(), codeFolding(), foldGutter(), drawSelection(), highlightActiveLine(), highlightActiveLineGutter(), highlightSelectionMatches(),
  bracketMatching(), search({ top: true }), EditorState.tabSize.of(4), indentUnit.of("    "), keymap.of([...searchKeymap, ...foldKeymap]),
];

const writing: Extension = [
  typing, history(), indentOnInput(), closeBrackets(), dropCursor(), rectangularSelection(), crosshairCursor(), EditorState.allowMultipleSelections.of(true), lintGutter(),
  // Before the others: they have keys of the same names that do less.
  keymap.of([{ key: "Tab", run: acceptCompletion }, indentWithTab, ...closeBracketsKeymap, ...completionKeymap, ...lintKeymap, ...historyKeymap, ...defaultKeymap]),
];

/** The language of a file, by its name. */
export function languageOf(file: string): Extension {
  if (file.endsWith(".star")) return pythonLanguage;
  if (file.endsWith(".sql")) return sql;
  return EditorView.lineWrapping;
}

/** Everything that the editor of one file has. */
export function setup(file: string, know: Knowledge, readOnly: boolean): Extension {
  const label = EditorView.contentAttributes.of({ "aria-label": `${file}. ${readOnly ? "Read-only." : leaving}`, tabindex: "0" });
  if (readOnly) return [reading, languageOf(file), label, EditorState.readOnly.of(true), keymap.of(defaultKeymap)];
  const source = file.endsWith(".star") ? completion(file, know) : file.endsWith(".sql") ? (context: Parameters<typeof sqlCompletion>[0]) => sqlCompletion(context, 0, know) : () => null;
  return [writing, reading, languageOf(file), label, autocompletion({ override: [source], icons: false }), file.endsWith(".star") ? hover(know) : []];
}
