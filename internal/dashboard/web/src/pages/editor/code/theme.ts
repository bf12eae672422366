import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const monospaced = { fontFamily: "var(--mono)", fontSize: "13.5px" };

// The marks of findings come as images in addresses, which the page's policy refuses: they are drawn in other ways.
const squiggle = (colour: string) => ({ backgroundImage: "none", paddingBottom: "0", textDecoration: `underline wavy ${colour}`, textUnderlineOffset: "3px", textDecorationSkipInk: "none" });
const marker = (sign: string, colour: string) => ({ content: "none", position: "relative", "&::before": { content: `"${sign}"`, color: colour, fontWeight: "700", fontSize: "12px" } });

/** Dresses the editor in the page's colours, which change with its theme. */
const dress = EditorView.theme({
  "&": { height: "100%", color: "var(--text)", backgroundColor: "var(--card)", fontSize: "13.5px" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { ...monospaced, lineHeight: "1.55", overflow: "auto" },
  ".cm-content": { caretColor: "var(--text)", padding: "8px 0" },
  ".cm-cursor, .cm-dropCursor": { borderLeftColor: "var(--text)" },
  ".cm-gutters": { backgroundColor: "var(--code)", color: "var(--soft)", borderRight: "1px solid var(--line)" },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--hover) 60%, transparent)" },
  ".cm-activeLineGutter": { backgroundColor: "var(--hover)", color: "var(--text)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground, .cm-content ::selection": { backgroundColor: "color-mix(in srgb, var(--p4) 28%, transparent)" },
  ".cm-selectionMatch": { backgroundColor: "var(--mark)" },
  ".cm-searchMatch": { backgroundColor: "var(--mark)", outline: "1px solid var(--warn)" },
  ".cm-searchMatch-selected": { outline: "2px solid var(--warn)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--added)", outline: "1px solid var(--accent)" },
  "&.cm-focused .cm-nonmatchingBracket": { backgroundColor: "var(--removed)" },
  ".cm-foldPlaceholder": { backgroundColor: "var(--code)", borderColor: "var(--edge)", color: "var(--soft)" },

  ".cm-panels": { backgroundColor: "var(--code)", color: "var(--text)" },
  ".cm-panels-top": { borderBottom: "1px solid var(--line)" },
  ".cm-panel.cm-search": { fontFamily: "system-ui, sans-serif", padding: "6px 8px" },
  ".cm-panel.cm-search input, .cm-panel.cm-search button, .cm-panel.cm-search label": { fontSize: "13px" },
  ".cm-textfield": { backgroundColor: "var(--card)", color: "var(--text)", border: "1px solid var(--edge)", borderRadius: "4px" },
  ".cm-button": { backgroundImage: "none", backgroundColor: "var(--card)", color: "var(--text)", border: "1px solid var(--edge)", borderRadius: "4px" },
  ".cm-panel.cm-search [name=close]": { color: "var(--text)", fontSize: "18px" },

  ".cm-tooltip": { backgroundColor: "var(--card)", color: "var(--text)", border: "1px solid var(--edge)", borderRadius: "6px", boxShadow: "0 4px 16px rgb(0 0 0 / .2)", zIndex: "30" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { ...monospaced, maxHeight: "16em", maxWidth: "min(32em, 92vw)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "2px 8px" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--accent)", color: "var(--on-accent)" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
  ".cm-completionDetail": { fontStyle: "normal", color: "inherit", opacity: ".85", marginLeft: "1em" },
  ".cm-tooltip.cm-completionInfo": { padding: "8px 10px", maxWidth: "min(30em, 60vw)", fontFamily: "system-ui, sans-serif", fontSize: "13px", lineHeight: "1.45" },
  ".cm-docs": { padding: "8px 10px", maxWidth: "min(36em, 90vw)", fontFamily: "system-ui, sans-serif", fontSize: "13px", lineHeight: "1.45" },
  ".cm-docs code, .cm-completionInfo code": { display: "block", fontFamily: "var(--mono)", fontSize: "12.5px", whiteSpace: "pre-wrap", overflowWrap: "anywhere", marginBottom: "4px" },
  ".cm-docs p, .cm-completionInfo p": { margin: "0" },

  ".cm-lintRange-error": squiggle("var(--bad)"),
  ".cm-lintRange-warning": squiggle("var(--warn)"),
  ".cm-lintRange-active": { backgroundColor: "var(--mark)" },
  ".cm-lint-marker-error": marker("✕", "var(--bad)"),
  ".cm-lint-marker-warning": marker("▲", "var(--warn)"),
  ".cm-gutter-lint .cm-gutterElement": { padding: "0 2px" },
  ".cm-lintPoint:after": { borderBottomColor: "var(--bad)" },
  ".cm-diagnostic": { padding: "6px 10px", fontFamily: "system-ui, sans-serif", fontSize: "13px", whiteSpace: "pre-wrap", maxWidth: "min(40em, 90vw)" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--bad)" },
  ".cm-diagnostic-warning": { borderLeftColor: "var(--warn)" },

  ".cm-collapsedLines": { background: "var(--code)", color: "var(--soft)", "&::before, &::after": { content: "'⋯'" } },
  "&.cm-merge-a .cm-changedLine, .cm-deletedChunk": { backgroundColor: "var(--removed)" },
  "&.cm-merge-b .cm-changedLine, .cm-inlineChangedLine": { backgroundColor: "var(--added)" },
  "&.cm-merge-a .cm-changedText, &.cm-merge-b .cm-changedText, .cm-deletedChunk .cm-deletedText": { background: "none", textDecoration: "underline" },
});

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.controlKeyword, tags.definitionKeyword, tags.moduleKeyword], color: "var(--p4)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--link)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--p2)" },
  { tag: [tags.lineComment, tags.blockComment, tags.docString], color: "var(--soft)", fontStyle: "italic" },
  { tag: tags.function(tags.definition(tags.variableName)), color: "var(--text)", fontWeight: "700" },
  { tag: tags.function(tags.variableName), color: "var(--p3)" },
  { tag: tags.typeName, color: "var(--p3)" },
  { tag: tags.heading, fontWeight: "700" },
]);

export const theme = [dress, syntaxHighlighting(colours)];
