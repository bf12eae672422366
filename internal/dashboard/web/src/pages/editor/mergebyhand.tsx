import { MergeView } from "@codemirror/merge";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { EditorState } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { useEffect, useRef, useState } from "preact/hooks";
import { Dialog } from "../../ui/dialog";
import { languageOf, reading } from "./code/setup";
import { typing } from "./code/typing";
import type { Files } from "./files";

interface Props {
  theirs: Files;
  /** What could be put together by itself; of the conflicts, my side. */
  merged: Files;
  conflicts: readonly string[];
  cancel: () => void;
  done: (files: Files) => void;
}

/** Has a person put together what two changed in the same place, one file after the other. */
export function MergeByHand({ theirs, merged, conflicts, cancel, done }: Props) {
  const [at, setAt] = useState(0);
  const [files, setFiles] = useState(merged);
  const file = conflicts[at] ?? "";
  const last = at === conflicts.length - 1;
  const next = () => (last ? done(files) : setAt(at + 1));
  return (
    <Dialog wide title={`Merge ${file}${conflicts.length > 1 ? ` (${at + 1} of ${conflicts.length})` : ""}`} onClose={cancel}>
      <p>Theirs is on the left, and what will be yours on the right: write in it, or take a change over with the arrows. Escape, then Tab leaves the code.</p>
      {theirs[file] === undefined && <p class="warn">They deleted this file. If you go on, it stays as it is here.</p>}
      <Sides key={file} file={file} theirs={theirs[file] ?? ""} mine={files[file] ?? ""} onChange={(text) => setFiles((before) => ({ ...before, [file]: text }))} />
      <div class="buttons">
        <button type="button" onClick={cancel}>Back</button>
        <button type="button" class="strong" onClick={next}>{last ? "Use this, and go on to save" : "Next file"}</button>
      </div>
    </Dialog>
  );
}

function Sides({ file, theirs, mine, onChange }: { file: string; theirs: string; mine: string; onChange: (text: string) => void }) {
  const element = useRef<HTMLDivElement>(null);
  const change = useRef(onChange);
  change.current = onChange;
  useEffect(() => {
    if (!element.current) return undefined;
    const root = element.current.shadowRoot ?? element.current.attachShadow({ mode: "open" });
    const side = (who: string) => [reading, languageOf(file), EditorView.lineWrapping, EditorView.contentAttributes.of({ "aria-label": `${file}, ${who}` })];
    const view = new MergeView({
      root, parent: root, revertControls: "a-to-b", gutter: true, collapseUnchanged: { margin: 3, minSize: 8 },
      a: { doc: theirs, extensions: [side("theirs, read-only"), EditorState.readOnly.of(true), keymap.of(defaultKeymap)] },
      b: {
        doc: mine,
        extensions: [
          side("yours"), typing, history(), keymap.of([...historyKeymap, ...defaultKeymap]),
          EditorView.updateListener.of((update) => { if (update.docChanged) change.current(update.state.doc.toString()); }),
        ],
      },
    });
    return () => view.destroy();
    // Another file is another element; what is typed comes back as `mine`, and must not open it anew.
  }, [file]);
  // Escape is the code's own key here: it must not close the dialog, and what was put together with it.
  return <div class="sides" ref={element} onKeyDown={(event) => { if (event.key === "Escape") event.preventDefault(); }} />;
}
