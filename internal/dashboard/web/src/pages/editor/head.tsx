import { path } from "../../api/call";
import type { Monitor } from "../../api/types";
import { useMay } from "../../live/session";
import { go, href } from "../../route";
import { perform } from "../../ui/act";
import { confirm } from "../../ui/dialog";
import { count } from "../../words";
import type { PaneName } from "./panes";
import type { Saving } from "./saving";
import type { Work } from "./trying";
import { type Desk, unsaved, type Workspace } from "./workspace";

interface Props {
  desk: Desk;
  workspace: Workspace;
  monitor: Monitor | undefined;
  readOnly: string | undefined;
  saving: Saving;
  trying: Work<unknown>;
  testing: Work<unknown>;
  show: (pane: PaneName) => void;
}

/** Names what is written, says whether it is saved, and does what can be done with it. */
export function Head({ desk, workspace, monitor, readOnly, saving, trying, testing, show }: Props) {
  const { monitor: name, base } = workspace;
  const editor = useMay("editor");
  const dirty = unsaved(workspace);
  const state = dirty || base.version === 0 ? "not saved" : `version ${base.version}`;
  const run = (pane: PaneName, work: Work<unknown>) => {
    show(pane);
    // Where the panes stand below the code, they are out of sight.
    document.querySelector(".panes")?.scrollIntoView({ block: "nearest" });
    void work.start();
  };
  return (
    <div class="head">
      <h1>{monitor ? <a href={href(["monitors", name])}>{name}</a> : name}</h1>
      <span class={dirty || base.version === 0 ? "state unsaved" : "state soft"} role="status">{state}</span>
      <span class="actions">
        {editor && <button type="button" disabled={trying.running} onClick={() => run("try", trying)} title="Run it for real, and see what it would do (Ctrl-Enter)">Try</button>}
        {editor && <button type="button" disabled={testing.running} onClick={() => run("tests", testing)}>Run tests</button>}
        {readOnly === undefined && <button type="button" class="strong" disabled={saving.busy || (!dirty && base.version > 0)} onClick={() => saving.ask()} title="Ctrl-S">Save …</button>}
        {readOnly === undefined && monitor && <button type="button" class="quiet" onClick={() => void remove(monitor, desk)}>Delete …</button>}
      </span>
    </div>
  );
}

async function remove({ name, active_issues, active_alerts }: Monitor, desk: Desk) {
  const ends = active_issues > 0
    ? `Its ${count(active_issues, "active issue")} will be dropped${active_alerts > 0 ? `, and its ${count(active_alerts, "active alert")} solved` : ""}.`
    : "It has no active issues.";
  const given = await confirm({
    title: `Delete ${name}?`, text: `${ends} It runs no more; its history can still be read, and its name is free again.`, yes: "Delete the monitor", comment: true, dangerous: true,
    deed: (comment, signal) => perform(`${name} was deleted.`, "DELETE", path(["monitors", name]), { body: { comment }, signal }),
  });
  if (!given) return;
  desk.discard();
  desk.flush();
  go(href(["monitors"]));
}
