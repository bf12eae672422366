import { useMemo } from "preact/hooks";
import type { Event } from "../../api/types";
import { href } from "../../route";
import { Ago } from "../../ui/basics";
import { fieldsOf } from "../../ui/fields";
import { useFresh } from "../../ui/fresh";
import { happened } from "../../ui/happened";
import { Actor, Said } from "../../ui/said";
import { Coming, useSteady } from "../../ui/steady";
import { Text } from "../../ui/value";
import { type Column, Table } from "../../ui/virtual";
import "./events.css";

const columns: Column<Event>[] = [
  { name: "When", width: "9rem", cell: (event) => <Ago time={event.created_at} /> },
  { name: "What", names: true, cell: (event) => <>{happened(event)} <Said event={event} /></> },
  { name: "About", width: "14rem", cell: (event) => <About event={event} /> },
  { name: "Monitor", width: "16rem", cell: ({ monitor }) => <a href={href(["monitors", monitor])}>{monitor}</a> },
  { name: "By", width: "11rem", cell: (event) => <By event={event} /> },
];

/** Events with what they are about. New ones come on top, but not while somebody points at the rows. */
export function EventTable({ events, view }: { events: readonly Event[]; view: string }) {
  const ids = useMemo(() => events.map(keyOf), [events]);
  const fresh = useFresh(ids);
  const { rows, coming, release, holders } = useSteady(events, keyOf, view);
  return (
    <div {...holders}>
      <Coming of={coming} what="event" show={release} />
      <Table<Event> label="Events" class="events" rows={rows} columns={columns} keyOf={keyOf} total={-1} classOf={({ id }) => (fresh.has(id) ? "fresh" : undefined)} />
    </div>
  );
}

const keyOf = (event: Event) => event.id;

/** Leads to what the event is about. */
function About({ event: { event_source, event_source_id: id, event_data } }: { event: Event }) {
  const data = fieldsOf(event_data);
  switch (event_source) {
    case "alert":
      return <a href={href(["alerts", id])}>Alert {id}</a>;
    case "issue":
      return <a href={href(["issues", id])}>Issue <Text of={String(data["model_id"] ?? id)} /></a>;
    case "notification":
      return data["alert_id"] ? <a href={href(["alerts", String(data["alert_id"])])}>Alert {String(data["alert_id"])}</a> : <>Notification {id}</>;
    default:
      return <>Monitor</>;
  }
}

function By({ event: { actor, execution_id } }: { event: Event }) {
  if (actor) return <Actor of={actor} />;
  return execution_id === null ? null : <a class="soft" href={href(["executions", execution_id])}>run {execution_id}</a>;
}
