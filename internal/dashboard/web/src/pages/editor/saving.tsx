import type { ComponentChildren } from "preact";
import { useMemo, useState } from "preact/hooks";
import { ask, path, Problem } from "../../api/call";
import type { components } from "../../api/schema";
import type { Diagnostic, Monitor } from "../../api/types";
import { changed } from "../../live/resource";
import { useStore } from "../../live/store";
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

type State = { step: "none" } | { step: "message"; problem?: Problem } | { step: "conflict"; theirs: Stored };

/** Saves what is typed as a new version, and never over what somebody else saved unseen. */
export function useSaving(desk: Desk, found: (list: readonly Diagnostic[]) => void, showProblems: () => void, saved: (monitor: Monitor) => void): Saving {
  const [state, setState] = useState<State>({ step: "none" });
  const [busy, setBusy] = useState(false);
  const [message, setMessage] = useState("");
  const workspace = useStore(desk);

  const refused = async (problem: Problem, dropIssues: boolean) => {
    if (problem.diagnostics.length > 0) {
      found(problem.diagnostics);
      showProblems();
      setState({ step: "none" });
      toast("failed", problem.message);
    } else if (problem.status === 412 || problem.status === 428) {
      const theirs = await readStored(desk.get().monitor);
      setState({ step: "conflict", theirs });
    } else if (problem.status === 409 && !dropIssues && problem.message.includes("drop_issues")) {
      const yes = await confirm({ title: "Drop the active issues?", text: problem.message, yes: "Save, and drop the issues", dangerous: true });
      if (yes) await save(true);
      else setState({ step: "message" });
    } else setState({ step: "message", problem });
  };
  const save = async (dropIssues = false) => {
    desk.flush();
    const { monitor, base, files } = desk.get();
    setBusy(true);
    try {
      const condition: Record<string, string> = base.version > 0 ? { "If-Match": base.etag } : { "If-None-Match": "*" };
      const body = { files, ...(message.trim() && { message: message.trim() }), ...(dropIssues && { drop_issues: true }) };
      const { data } = await ask<Registered>("PUT", path(["monitors", monitor]), { body, headers: condition, patience: 60_000 });
      desk.rebase({ files, version: data.version, etag: data.etag });
      desk.flush();
      found(data.diagnostics);
      setMessage("");
      setState({ step: "none" });
      toast("done", data.changed ? `Saved as version ${data.version}.` : `Version ${data.version} has these files already.`);
      changed(monitor);
      saved(data);
    } catch (error) {
      await refused(error as Problem, dropIssues).catch((problem: Problem) => setState({ step: "message", problem }));
    }
    setBusy(false);
  };
  const open = () => {
    const now = desk.get();
    if (unsaved(now) || now.base.version === 0) setState((before) => (before.step === "none" ? { step: "message" } : before));
    else toast("done", "Everything is saved.");
  };
  const close = () => setState({ step: "none" });
  const dialog = state.step === "message" ? (
    <SaveDialog workspace={workspace} message={message} setMessage={setMessage} problem={state.problem} busy={busy} save={() => void save()} close={close} />
  ) : state.step === "conflict" ? (
    <Conflict desk={desk} theirs={state.theirs} close={close} goOn={() => setState({ step: "message" })} />
  ) : null;
  return useMemo(() => ({ busy, ask: open, dialog }), [busy, dialog]);
}
