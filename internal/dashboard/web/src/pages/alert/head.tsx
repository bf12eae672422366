import { useState } from "preact/hooks";
import { path } from "../../api/call";
import type { Alert, Event, Page } from "../../api/types";
import { useResource } from "../../live/resource";
import { useMay } from "../../live/session";
import { href } from "../../route";
import { AlertActions } from "../../ui/alertrow";
import { Age, Ago, AlertTags, Priority } from "../../ui/basics";
import { reasonOf } from "../../ui/happened";
import { Actor, Said } from "../../ui/said";
import { SilenceDialog } from "../../ui/silencedialog";
import { count } from "../../words";

/** What the alert is, who did what about it, and what can be done now. */
export function AlertHead({ alert, gone }: { alert: Alert; gone: boolean }) {
  return (
    <header>
      <div class="head">
        <h1><Priority of={alert.priority} /> Alert {alert.id} of <a href={href(["monitors", alert.monitor])}>{alert.monitor}</a></h1>
        <AlertTags alert={alert} />
        <span class="actions"><AlertActions alert={alert} ask />{alert.status === "active" && !gone && <Silence alert={alert} />}</span>
      </div>
      <div class="card known">
        <p>
          {alert.status === "active" ? <>{count(alert.active_issues, "active issue")}, for <Age since={alert.created_at} />.</> : <Solved alert={alert} />}
          {gone && <> The monitor was deleted since.</>}
        </p>
        {alert.acknowledged && <Last alert={alert} name="alert_acknowledged" done="Acknowledged" />}
        {alert.locked && alert.status === "active" && <Last alert={alert} name="alert_locked" done="Locked" more="New issues go to another alert." />}
        {alert.silenced && <p>People are not told of it for now, because of {alert.silences.map((id, i) => <span key={id}>{i > 0 && ", "}<a href={href(["silences"], { id })}>silence {id}</a></span>)}.</p>}
      </div>
    </header>
  );
}

/** Tells how it ended, after how long, and by whom or why. */
function Solved({ alert }: { alert: Alert }) {
  const event = useLast(alert, "alert_solved");
  const why = event && !event.actor ? `: ${reasonOf(event) || "no issue of it is active any more"}` : "";
  return (
    <>
      Solved <Ago time={alert.solved_at} />{event?.actor && <> by <Actor of={event.actor} /></>}, after <Age since={alert.created_at} until={alert.solved_at} />{why}.
      {event && <> <Said event={event} /></>}
    </>
  );
}

/** Tells who did something last, and when. */
function Last({ alert, name, done, more }: { alert: Alert; name: string; done: string; more?: string }) {
  const event = useLast(alert, name);
  // Solving by hand acknowledges too, without an event of its own.
  if (!event) return null;
  return <p>{done} <Ago time={event.created_at} />{event.actor && <> by <Actor of={event.actor} /></>}. {more} <Said event={event} /></p>;
}

function useLast({ id, monitor }: Alert, name: string): Event | undefined {
  return useResource<Page<Event>>(path(["events"], { event_source: "alert", event_source_id: id, event_name: name, limit: 1 }), { monitor }).data?.items[0];
}

function Silence({ alert }: { alert: Alert }) {
  const [open, setOpen] = useState(false);
  if (!useMay("responder")) return null;
  return (
    <>
      <button type="button" title="Nobody is told of such alerts for a while." onClick={() => setOpen(true)}>Silence …</button>
      {open && <SilenceDialog first={{ monitor: alert.monitor }} onClose={() => setOpen(false)} />}
    </>
  );
}
