import type { Monitor } from "../../api/types";
import { useResource } from "../../live/resource";
import { path } from "../../api/call";
import { href } from "../../route";
import { Age } from "../../ui/basics";
import { confirm } from "../../ui/dialog";
import { useRefusal } from "./readonly";
import { type Desk, unsaved, type Workspace } from "./workspace";

interface Props {
  desk: Desk;
  workspace: Workspace;
  monitor: Monitor | undefined;
  readOnly: string | undefined;
  reopen: () => void;
}

/** Says above the code what one has to know before one writes. */
export function Notices({ desk, workspace, monitor, readOnly, reopen }: Props) {
  const refusal = useRefusal();
  return (
    <div class="notices">
      {readOnly !== undefined && (
        <p class="notice" role="note">
          <strong>Read-only.</strong> {readOnly}
          {!refusal && monitor && <> <a href={href(["new"], { from: monitor.name })}>Make a new monitor from it</a></>}
        </p>
      )}
      {workspace.restored !== undefined && <Restored desk={desk} at={workspace.restored} reopen={reopen} />}
      {!workspace.safe && <p class="notice bad" role="alert">This browser has no room to keep what you type: save it before you leave or reload the page.</p>}
      {monitor && readOnly === undefined && <Newer workspace={workspace} reopen={reopen} />}
    </div>
  );
}

function Restored({ desk, at, reopen }: { desk: Desk; at: number; reopen: () => void }) {
  const discard = async () => {
    if (!await confirm({ title: "Discard what was not saved?", text: "What is stored on the server is shown again. What you typed since is gone.", yes: "Discard", dangerous: true })) return;
    desk.discard();
    desk.flush();
    reopen();
  };
  return (
    <p class="notice" role="status">
      <span>Your unsaved changes of <Age since={new Date(at).toISOString()} /> ago are shown again.</span>
      <button type="button" onClick={discard}>Discard them</button>
    </p>
  );
}

/** Says at once that somebody else has saved, and not only when one saves. */
function Newer({ workspace, reopen }: { workspace: Workspace; reopen: () => void }) {
  const now = useResource<Monitor>(path(["monitors", workspace.monitor]), { monitor: workspace.monitor }).data;
  if (!now || workspace.base.version === 0 || now.version <= workspace.base.version) return null;
  return (
    <p class="notice" role="status">
      <span>Version {now.version} was saved elsewhere; what you see was made from version {workspace.base.version}.</span>
      {unsaved(workspace) ? <span>When you save, you are asked what is to become of both.</span> : <button type="button" onClick={reopen}>Show version {now.version}</button>}
    </p>
  );
}
