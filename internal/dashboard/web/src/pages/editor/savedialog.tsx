import type { Problem } from "../../api/call";
import { Failure } from "../../ui/basics";
import { Dialog } from "../../ui/dialog";
import { FilesDiff } from "../../ui/diff";
import type { Workspace } from "./workspace";

interface Props {
  workspace: Workspace;
  message: string;
  setMessage: (message: string) => void;
  problem: Problem | undefined;
  busy: boolean;
  save: () => void;
  close: () => void;
}

/** Asks what the change is about, and shows it once more. */
export function SaveDialog({ workspace: { monitor, base, files }, message, setMessage, problem, busy, save, close }: Props) {
  const submit = (event: Event) => {
    event.preventDefault();
    if (!busy) save();
  };
  return (
    <Dialog wide title={base.version > 0 ? `Save ${monitor} as a new version` : `Make the monitor ${monitor}`} onClose={close}>
      <form onSubmit={submit}>
        <label class="field">
          What changed, and why (kept with the version)
          <textarea rows={2} maxLength={2000} autofocus value={message} onInput={(event) => setMessage(event.currentTarget.value)}
            onKeyDown={(event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit(event); }} />
        </label>
        {problem && <Failure problem={problem} />}
        {problem?.away && <p class="soft">What you typed is kept in this browser. Try again when the server is back.</p>}
        <div class="buttons">
          <button type="button" onClick={close}>Cancel</button>
          <button type="submit" class="strong" disabled={busy} aria-busy={busy}>{busy ? "Saving …" : "Save"}</button>
        </div>
      </form>
      {base.version > 0 && <details><summary>What changes</summary><FilesDiff before={base.files} after={files} /></details>}
    </Dialog>
  );
}
