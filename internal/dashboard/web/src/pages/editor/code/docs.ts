import type { Word } from "./knowledge";

/** Explains a word: its signature, what it does, and its parameters where there is something to say. */
export function docs(word: Word): HTMLElement {
  const box = document.createElement("div");
  box.className = "cm-docs";
  fill(box, word.signature, word.doc);
  return box;
}

/** The same without a frame of its own. */
export function fill(box: HTMLElement, signature: string, doc: string) {
  if (signature) box.append(element("code", signature));
  if (doc) box.append(element("p", doc));
}

function element(tag: "code" | "p", text: string): HTMLElement {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}
