import { useState } from "preact/hooks";
import { path } from "../../api/call";
import type { Alert, Event, Page } from "../../api/types";
import { useResource } from "../../live/resource";
import { href } from "../../route";
import { Ago, Empty, Loaded } from "../../ui/basics";
import { happened } from "../../ui/happened";
import { Actor, Said } from "../../ui/said";
import { gather } from "./gather";
import { grouped } from "../../words";

/** How many events are read, one after the other as somebody asks for older ones. */
const steps = [100, 1000] as const;

/** What happened to the alert, newest first. */
export function AlertHistory({ alert }: { alert: Alert }) {
  const [step, setStep] = useState<(typeof steps)[number]>(steps[0]);
  const events = useResource<Page<Event>>(path(["events"], { event_source: "alert", event_source_id: alert.id, limit: step }), { monitor: alert.monitor });
  return (
    <section aria-labelledby="history">
      <h2 id="history">History</h2>
      <Loaded of={events}>
        {({ items, next_cursor }) => (
          <>
            {items.length === 0 ? <Empty>No events of it are kept.</Empty> : <ol class="history">{gather(items).map((line) => <Line key={line.last.id} {...line} />)}</ol>}
            {next_cursor && (step === steps[0]
              ? <button type="button" onClick={() => setStep(steps[1])}>Show older events</button>
              : <p class="soft">These are the newest {grouped(step)}. All others are among <a href={href(["events"], { monitor: alert.monitor, event_source: "alert" })}>the events of the monitor</a>.</p>)}
          </>
        )}
      </Loaded>
    </section>
  );
}

function Line({ last, times }: { last: Event; times: number }) {
  return (
    <li>
      <span class="when"><Ago time={last.created_at} /></span>
      <span>
        {happened(last)}{times > 1 && <span class="soft">, {grouped(times)} times in a row</span>}
        {last.actor && <> by <Actor of={last.actor} /></>}
        {last.execution_id !== null && <> <a class="soft" href={href(["executions", last.execution_id])}>run {last.execution_id}</a></>}
        {" "}<Said event={last} />
      </span>
    </li>
  );
}
