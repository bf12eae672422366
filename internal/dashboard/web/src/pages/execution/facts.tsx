import type { ComponentChildren } from "preact";
import type { Execution } from "../../api/types";
import { useNow } from "../../live/clock";
import { href } from "../../route";
import { Ago, At } from "../../ui/basics";
import { countsInWords, ended } from "../../ui/execution";
import { took } from "../../words";

/** When it was queued, how long it waited and ran, and what it changed. */
export function Facts({ of: execution }: { of: Execution }) {
  const { monitor, version, tasks, counts, queued_at: queued, started_at: started, finished_at: finished } = execution;
  const now = useNow();
  const until = (time: string | null) => (time ? Date.parse(time) : ended(execution) ? undefined : now);
  const waited = until(started), ran = until(finished);
  return (
    <section class="card">
      <h2>Facts</h2>
      <dl class="facts">
        <Fact name="Tasks">{tasks.join(", ")}</Fact>
        <Fact name="Version">{version === null ? "–" : <a href={href(["monitors", monitor], { tab: "versions", ...(version > 1 && { from: version - 1, to: version }) })}>{version}</a>}</Fact>
        <Fact name="Queued"><Ago time={queued} /><span class="soft">, <At time={queued} /></span></Fact>
        <Fact name="Waited">{waited === undefined ? "–" : took(waited - Date.parse(queued))}</Fact>
        <Fact name="Ran">{started && ran !== undefined ? took(ran - Date.parse(started)) : "–"}</Fact>
        <Fact name="Outcome">{ended(execution) ? countsInWords(counts) : "not known before it has ended"}</Fact>
      </dl>
    </section>
  );
}

const Fact = ({ name, children }: { name: string; children: ComponentChildren }) => <><dt>{name}</dt><dd>{children}</dd></>;
