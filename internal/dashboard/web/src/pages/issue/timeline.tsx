import { useMemo, useState } from "preact/hooks";
import { get, path, Problem } from "../../api/call";
import type { Event, IssueDetail, Page } from "../../api/types";
import { href } from "../../route";
import { Action, Ago, At, Empty, Failure } from "../../ui/basics";
import { DataDiff } from "../../ui/datadiff";
import { difference } from "../../ui/difference";
import { fieldsOf } from "../../ui/fields";
import { happened } from "../../ui/happened";
import { Actor, Said } from "../../ui/said";
import { Value } from "../../ui/value";
import { type Step, steps } from "./steps";

/** Everything that happened to the issue, newest first, with what changed in its data each time. */
export function Timeline({ issue }: { issue: IssueDetail }) {
  const { older, cursor, more, problem } = useOlder(issue);
  const all = useMemo(() => steps(whole(issue.timeline, older)), [issue.timeline, older]);
  return (
    <section aria-labelledby="timeline">
      <h2 id="timeline">Timeline</h2>
      {!issue.timeline_complete && (
        <p class="gap">Events are missing here: those of runs are not kept for this monitor, or old ones were removed. A difference may be that of several steps.</p>
      )}
      {all.length === 0 ? <Empty>No events of it are kept.</Empty> : <ol class="timeline">{all.map((step) => <Moment key={step.event.id} {...step} />)}</ol>}
      {problem && <Failure problem={problem} />}
      {cursor && <Action run={more}>Show older events</Action>}
    </section>
  );
}

/** Puts older events behind the newest ones, which move on as events come. */
function whole(newest: readonly Event[], older: readonly Event[]): Event[] {
  const oldest = newest.at(-1)?.id ?? Infinity;
  return [...newest, ...older.filter((event) => event.id < oldest)];
}

/** Reads what does not stand in the issue's own timeline, part by part. */
function useOlder(issue: IssueDetail) {
  const [older, setOlder] = useState<Event[]>([]);
  const [next, setNext] = useState<string | null>();
  const [problem, setProblem] = useState<Problem>();
  const cursor = next === undefined ? issue.timeline_cursor : next;
  const more = async () => {
    try {
      const page = await get<Page<Event>>(path(["events"], { event_source: "issue", event_source_id: issue.id, limit: 100, cursor: cursor ?? undefined }));
      // Events that have come since moved others out of the timeline: these stand in neither.
      setOlder((now) => [...(now.length === 0 ? issue.timeline : now), ...page.items]);
      setNext(page.next_cursor);
      setProblem(undefined);
    } catch (error) {
      setProblem(error as Problem);
    }
  };
  return { older, cursor, more, problem };
}

function Moment({ event, before, after, first }: Step) {
  return (
    <li>
      <div class="what">
        <b>{happened(event)}</b>{event.actor && <> by <Actor of={event.actor} /></>}
        {event.execution_id !== null && <> · <a href={href(["executions", event.execution_id])}>run {event.execution_id}</a></>}
        <span class="soft"> · <Ago time={event.created_at} />, <At time={event.created_at} /></span>
      </div>
      <Said event={event} />
      <Changes before={before} after={after} first={first} />
    </li>
  );
}

function Changes({ before, after, first }: Omit<Step, "event">) {
  const changed = useMemo(() => before !== undefined && difference(before, after).length > 0, [before, after]);
  if (changed) return <DataDiff before={before} after={after} />;
  if (before !== undefined && !first) return null;
  if (Object.keys(fieldsOf(after)).length === 0) return null;
  return <div class="began"><span class="soft">{first ? "With the data: " : "The data then: "}</span><Value of={after} /></div>;
}
