import type { Deed } from "../../ui/deed";
import { Dialog } from "../../ui/dialog";
import { FilesDiff } from "../../ui/diff";
import { DeedButtons, Outcome } from "../../ui/waiting";
import type { Workspace } from "./workspace";

interface Props {
  workspace: Workspace;
  message: string;
  setMessage: (message: string) => void;
  deed: Deed;
  save: () => void;
  close: () => void;
}

/** Asks what the change is about, and shows it once more. */
export function SaveDialog({ workspace: { monitor, base, files }, message, setMessage, deed, save, close }: Props) {
  const submit = (event: Event) => {
    event.preventDefault();
    save();
  };
  const cancel = () => (deed.busy ? deed.stop() : close());
  return (
    <Dialog wide title={base.version > 0 ? `Save ${monitor} as a new version` : `Make the monitor ${monitor}`} onClose={cancel}>
      <form onSubmit={submit}>
        <label class="field">
          What changed, and why (kept with the version)
          <textarea rows={2} maxLength={2000} autofocus value={message} onInput={(event) => setMessage(event.currentTarget.value)}
            onKeyDown={(event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit(event); }} />
        </label>
        <Outcome of={deed} />
        {deed.problem?.away && <p class="soft">What you typed is kept in this browser. Try again when the server is back.</p>}
        <DeedButtons deed={deed} yes={deed.busy ? "Saving …" : "Save"} cancel={cancel} />
      </form>
      {base.version > 0 && <details><summary>What changes</summary><FilesDiff before={base.files} after={files} /></details>}
    </Dialog>
  );
}
