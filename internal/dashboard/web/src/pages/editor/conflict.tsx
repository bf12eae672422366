import { useMemo, useState } from "preact/hooks";
import { Age } from "../../ui/basics";
import { Dialog } from "../../ui/dialog";
import { FilesDiff } from "../../ui/diff";
import { Tabs } from "../../ui/tabs";
import type { Files } from "./files";
import { mergeFiles } from "./merge";
import { MergeByHand } from "./mergebyhand";
import type { Stored } from "./saving";
import { useStore } from "../../live/store";
import type { Desk } from "./workspace";

interface Props {
  desk: Desk;
  theirs: Stored;
  close: () => void;
  /** Goes on to save. */
  goOn: () => void;
}

const views = [
  { name: "theirs", text: "What they changed" },
  { name: "mine", text: "What you changed" },
  { name: "both", text: "Theirs against yours" },
];

/** Somebody else has saved meanwhile: says what, and asks what is to become of both. */
export function Conflict({ desk, theirs: { base: stored, version }, close, goOn }: Props) {
  const { base, files } = useStore(desk);
  const [view, setView] = useState("theirs");
  const [sure, setSure] = useState(false);
  const [byHand, setByHand] = useState<string[]>();
  const merged = useMemo(() => mergeFiles(base.files, stored.files, files), [base, stored, files]);
  const settle = (result: Files) => {
    desk.replace(result);
    desk.rebase(stored);
    desk.flush();
  };
  const merge = () => {
    if (merged.conflicts.length > 0) setByHand(merged.conflicts);
    else {
      settle(merged.files);
      goOn();
    }
  };
  if (byHand) return <MergeByHand theirs={stored.files} merged={merged.files} conflicts={byHand} cancel={() => setByHand(undefined)} done={(result) => { settle(result); goOn(); }} />;
  return (
    <Dialog wide title="Somebody else has saved this monitor" onClose={close}>
      <p>
        <strong>{version.author || "Somebody"}</strong> saved version {version.number}, <Age since={version.created_at} /> ago{version.message && <>: “{version.message}”</>}.
        Yours was made from {base.version > 0 ? `version ${base.version}` : "nothing"}, and is not saved.
      </p>
      <div class="choices">
        <Choice text={merged.conflicts.length > 0 ? `Merge by hand (${merged.conflicts.join(", ")})` : "Merge both"} strong act={merge}
          what={merged.conflicts.length > 0 ? "Both of you changed the same lines there: you decide. Everything else is put together by itself." : "You changed different lines: both changes are put together, and you see them before they are saved."} />
        <Choice text="Keep mine" act={() => { desk.rebase(stored); desk.flush(); goOn(); }} what="Yours becomes the next version, without what they changed. Their version stays in the history." />
        {sure
          ? <Choice text="Yes, lose what I typed" danger act={() => { settle(stored.files); close(); }} what="Your changes are gone after that." />
          : <Choice text="Take theirs" act={() => setSure(true)} what="Yours is given up." />}
        <Choice text="Decide later" act={close} what="Nothing is saved or lost." />
      </div>
      <Tabs label="Differences" tabs={views} chosen={view} choose={setView} panel="conflict-view" />
      <div id="conflict-view" role="tabpanel" aria-label="Differences" class="differences">
        {view === "theirs" && <FilesDiff before={base.files} after={stored.files} />}
        {view === "mine" && <FilesDiff before={base.files} after={files} />}
        {view === "both" && <FilesDiff before={stored.files} after={files} />}
      </div>
    </Dialog>
  );
}

function Choice({ text, what, act, strong, danger }: { text: string; what: string; act: () => void; strong?: boolean; danger?: boolean }) {
  return <p><button type="button" class={danger ? "danger" : strong ? "strong" : undefined} onClick={act}>{text}</button> <span class="soft">{what}</span></p>;
}
