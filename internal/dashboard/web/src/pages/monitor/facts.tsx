import type { ComponentChildren } from "preact";
import type { Monitor } from "../../api/types";
import { useMay } from "../../live/session";
import { href } from "../../route";
import { Action, Ago, Ahead } from "../../ui/basics";
import { cronInWords } from "../../ui/cron";
import { Status } from "../../ui/execution";
import { refresh } from "./refresh";

/** When it runs, what ran last, and what it is made of. */
export function Facts({ monitor }: { monitor: Monitor }) {
  const { name, last_execution: last, version, solvable, model_id_key: id } = monitor;
  return (
    <aside class="card monitor-facts" aria-label="Schedule and facts">
      <h2>Schedule</h2>
      <dl class="facts">
        <Task monitor={monitor} task="search" cron={monitor.search_cron} next={monitor.next_search_at} />
        <Task monitor={monitor} task="update" cron={monitor.update_cron} next={monitor.next_update_at} />
        <Fact name="Last run">
          {last ? (
            <><a href={href(["executions", last.id])}><Status of={last} /></a> <Ago time={last.finished_at ?? last.started_at ?? last.queued_at} /></>
          ) : "never"}
        </Fact>
      </dl>
      <h2>Made of</h2>
      <dl class="facts">
        <Fact name="Version"><a href={href(["monitors", name], { tab: "versions" })}>{version}</a></Fact>
        <Fact name="Issues">identified by <code><bdi>{id}</bdi></code>, solved by {solvable ? "its code" : "people"}</Fact>
      </dl>
    </aside>
  );
}

const Fact = ({ name, children }: { name: string; children: ComponentChildren }) => <><dt>{name}</dt><dd>{children}</dd></>;

function Task({ monitor, task, cron, next }: { monitor: Monitor; task: "search" | "update"; cron: string; next: string | null }) {
  const may = useMay("responder");
  const words = cronInWords(cron);
  const name = task === "search" ? "Search" : "Update";
  // Without a cron, a task runs when it is asked for, if there is one at all.
  if (!cron && !next) return <Fact name={name}><span class="soft">never by itself</span></Fact>;
  return (
    <Fact name={name}>
      {words ? <>{words} <code class="soft cron">{cron}</code></> : <code class="cron">{cron}</code>}
      <br />
      <span class="soft">{monitor.enabled ? <>next <Ahead time={next} /></> : "not while it is disabled"}</span>
      {may && monitor.enabled && <> <Action kind="quiet" disabled={monitor.busy} run={() => refresh(monitor, [task])}>{name} now</Action></>}
    </Fact>
  );
}
