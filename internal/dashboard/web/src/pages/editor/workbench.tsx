import { useEffect, useId, useMemo, useState } from "preact/hooks";
import type { Monitor } from "../../api/types";
import { useStore } from "../../live/store";
import { setQuery } from "../../route";
import { CodeEditor, type Spot } from "./code/code";
import { leaving } from "./code/setup";
import { FileTabs } from "./filetabs";
import { useFindings } from "./findings";
import { Head } from "./head";
import { useKnowledge } from "./knowledge";
import { useLeaving } from "./leaving";
import { Notices } from "./notices";
import { type PaneName, Panes } from "./panes";
import { useSaving } from "./saving";
import { useTesting, useTrying } from "./trying";
import { type Desk, shownFile } from "./workspace";

export interface WorkbenchProps {
  desk: Desk;
  /** What is stored; undefined: nothing yet. */
  monitor: Monitor | undefined;
  /** Why nothing can be changed; undefined: it can. */
  readOnly: string | undefined;
  query: URLSearchParams;
  /** Called with what is stored by now, after it was saved. */
  saved: (monitor: Monitor) => void;
  /** Opens anew what is stored. */
  reopen: () => void;
}

/** The editor with everything around it. What is shown stands in the address: file and pane. */
export function Workbench({ desk, monitor, readOnly, query, saved, reopen }: WorkbenchProps) {
  const workspace = useStore(desk);
  const { files } = workspace;
  const file = shownFile(files, query.get("file"));
  const changeable = readOnly === undefined;
  const [spot, setSpot] = useState<Spot | undefined>(() => asked(query, file));
  const [findings, setFindings] = useFindings(workspace.monitor, files, changeable);
  const know = useKnowledge(desk);
  const panel = useId();
  const goTo = (to: Spot) => {
    setQuery({ file: to.file, line: undefined });
    setSpot({ ...to });
  };
  const show = (pane: PaneName) => setQuery({ pane });
  const trying = useTrying(desk, setFindings);
  const testing = useTesting(desk, setFindings);
  const saving = useSaving(desk, setFindings, () => show("problems"), saved);
  useLeaving(desk);
  const keys = useMemo(() => ({ s: () => saving.ask(), Enter: () => { show("try"); void trying.start(); } }), [saving, trying]);
  useKeys(keys, changeable);
  const here = useMemo(() => findings.list.filter((finding) => finding.file === file), [findings, file]);
  return (
    <div class="editor">
      <Head desk={desk} workspace={workspace} monitor={monitor} readOnly={readOnly} saving={saving} trying={trying} testing={testing} show={show} />
      <Notices desk={desk} workspace={workspace} monitor={monitor} readOnly={readOnly} reopen={reopen} />
      <div class="bench">
        <div class="writing">
          <FileTabs desk={desk} files={files} base={workspace.base.files} shown={file} findings={findings.list} readOnly={!changeable} panel={panel} />
          <div class="paper" role="tabpanel" id={panel} aria-label={file}>
            <CodeEditor file={file} text={files[file] ?? ""} readOnly={!changeable} know={know} findings={here} spot={spot} onChange={desk.edit} />
          </div>
          {changeable && <p class="hint soft">{leaving} Ctrl-S saves, Ctrl-Enter tries, Ctrl-F searches, Ctrl-Space completes.</p>}
        </div>
        <Panes {...{ workspace, monitor, findings, trying, testing, goTo, desk, reopen, file, readOnly: !changeable }} chosen={query.get("pane") ?? ""} show={show} />
      </div>
      {saving.dialog}
    </div>
  );
}

/** Reads the place in the code that the address asks for. */
function asked(query: URLSearchParams, file: string): Spot | undefined {
  const line = Number(query.get("line"));
  return Number.isInteger(line) && line > 0 ? { file, line, column: 1 } : undefined;
}

/** Has keys do something when they are pressed with Ctrl, or Command. They come before those of the code. */
function useKeys(keys: Record<string, () => void>, enabled: boolean) {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || !Object.hasOwn(keys, event.key)) return;
      event.preventDefault();
      event.stopPropagation();
      if (enabled && !document.querySelector("dialog[open]")) keys[event.key]?.();
    };
    window.addEventListener("keydown", press, true);
    return () => window.removeEventListener("keydown", press, true);
  }, [keys, enabled]);
}
