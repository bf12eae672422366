import type { ComponentChildren } from "preact";
import { useMemo, useState } from "preact/hooks";
import { ask, path, Problem } from "../../api/call";
import type { components } from "../../api/schema";
import type { Diagnostic, Monitor } from "../../api/types";
import { changed } from "../../live/resource";
import { useStore } from "../../live/store";
import { useDeed } from "../../ui/deed";
import { confirm } from "../../ui/dialog";
import { toast } from "../../ui/toast";
import { Conflict } from "./conflict";
import { SaveDialog } from "./savedialog";
import { readStored } from "./stored";
import { type Desk, unsaved } from "./workspace";

type Registered = components["schemas"]["Registered"];
export type Stored = Awaited<ReturnType<typeof readStored>>;

export interface Saving {
  busy: boolean;
  /** Asks for a message, and saves. */
  ask: () => void;
  dialog: ComponentChildren;
}

type State = { step: "none" } | { step: "message" } | { step: "conflict"; theirs: Stored };

/** Saves what is typed as a new version, and never over what somebody else saved unseen. */
export function useSaving(desk: Desk, found: (list: readonly Diagnostic[]) => void, showProblems: () => void, saved: (monitor: Monitor) => void): Saving {
  const [state, setState] = useState<State>({ step: "none" });
  const deed = useDeed();
  const [message, setMessage] = useState("");
  const workspace = useStore(desk);

  const put = async (dropIssues: boolean, signal: AbortSignal) => {
    desk.flush();
    const { monitor, base, files } = desk.get();
    const condition: Record<string, string> = base.version > 0 ? { "If-Match": base.etag } : { "If-None-Match": "*" };
    const body = { files, ...(message.trim() && { message: message.trim() }), ...(dropIssues && { drop_issues: true }) };
    const { data } = await ask<Registered>("PUT", path(["monitors", monitor]), { body, headers: condition, patience: 60_000, signal });
    desk.rebase({ files, version: data.version, etag: data.etag });
    desk.flush();
    found(data.diagnostics);
    setMessage("");
    setState({ step: "none" });
    toast("done", data.changed ? `Saved as version ${data.version}.` : `Version ${data.version} has these files already.`);
    changed(monitor);
    saved(data);
  };
  /** Goes on as the refusal asks for; else the form says what is wrong. */
  const refused = async (problem: Problem, signal: AbortSignal) => {
    if (problem.diagnostics.length > 0) {
      found(problem.diagnostics);
      showProblems();
      setState({ step: "none" });
      toast("failed", problem.message);
    } else if (problem.status === 412 || problem.status === 428) {
      const theirs = await readStored(desk.get().monitor);
      if (!signal.aborted) setState({ step: "conflict", theirs });
    } else if (problem.status === 409 && problem.message.includes("drop_issues")) {
      void confirm({ title: "Drop the active issues?", text: problem.message, yes: "Save, and drop the issues", dangerous: true, deed: (_, own) => put(true, own) });
    } else throw problem;
  };
  const save = () => deed.run(async (signal) => {
    try {
      await put(false, signal);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      await refused(error, signal);
    }
  });
  const open = () => {
    const now = desk.get();
    if (unsaved(now) || now.base.version === 0) setState((before) => (before.step === "none" ? { step: "message" } : before));
    else toast("done", "Everything is saved.");
  };
  const close = () => setState({ step: "none" });
  const dialog = state.step === "message" ? (
    <SaveDialog workspace={workspace} message={message} setMessage={setMessage} deed={deed} save={() => void save()} close={close} />
  ) : state.step === "conflict" ? (
    <Conflict desk={desk} theirs={state.theirs} close={close} goOn={() => setState({ step: "message" })} />
  ) : null;
  return useMemo(() => ({ busy: deed.busy, ask: open, dialog }), [deed.busy, dialog]);
}
