import { hoverTooltip } from "@codemirror/view";
import { docs } from "./docs";
import type { Knowledge } from "./knowledge";
import { placeAt } from "./place";

/** Explains what the platform offers to who points at it. */
export const hover = (know: Knowledge) => hoverTooltip((view, pos) => {
  const place = placeAt(view.state, pos);
  if (place.string || place.comment) return null;
  const line = view.state.doc.lineAt(pos);
  for (const match of line.text.matchAll(/[A-Za-z_]\w*(?:\.\w+)?/g)) {
    const from = line.from + match.index, to = from + match[0].length;
    if (pos < from || pos > to) continue;
    const named = match[0];
    const option = place.call?.name === "monitor" && /^\s*=[^=]/.test(line.text.slice(to - line.from));
    const word = know.words.find((w) => w.name === named && (w.kind === "option") === option);
    return word && (word.doc || word.signature) ? { pos: from, end: to, create: () => ({ dom: docs(word) }) } : null;
  }
  return null;
});
