import { useMemo, useState } from "preact/hooks";
import { path } from "../../api/call";
import type { Event, Page } from "../../api/types";
import { useResource } from "../../live/resource";
import { type PageProps, useTitle } from "../../shell/content";
import { Empty, Loaded } from "../../ui/basics";
import { Chips, Choice, ClearFilters, NameField } from "../../ui/filter";
import { Pager } from "../../ui/pager";
import { events } from "../../words";
import { useMonitors } from "../monitors/data";
import { EventTable } from "./table";

/** How many stand on a page. */
const most = 200;

const filters = ["monitor", "event_source", "event_name", "event_source_id"] as const;

const sources = ["alert", "issue", "monitor", "notification"] as const;
const names = Object.entries(events).map(([value, text]) => ({ value, text })).sort((a, b) => a.text.localeCompare(b.text));

/** What happened, the newest first. */
export function EventsPage({ query }: PageProps) {
  useTitle("Events");
  const chosen = Object.fromEntries(filters.map((name) => [name, query.get(name) ?? undefined]));
  const address = path(["events"], { ...chosen, limit: most, cursor: query.get("cursor") ?? undefined });
  const found = useResource<Page<Event>>(address, { monitor: chosen["monitor"] });
  return (
    <>
      <h1>Events</h1>
      <div class="filters">
        <MonitorField />
        <Chips name="event_source" label="About" one chips={sources.map((source) => ({ value: source, text: `${source}s` }))} />
        <Choice name="event_name" label="Event" all="any" choices={names} />
        <ClearFilters names={filters} />
      </div>
      <Loaded of={found}>{({ items, next_cursor }) => <Events events={items} next={next_cursor} view={address} />}</Loaded>
    </>
  );
}

function Events({ events: items, next, view }: { events: readonly Event[]; next: string | null; view: string }) {
  if (items.length === 0) return <><Empty>No event like that is kept.</Empty><Pager next={next} /></>;
  return <><EventTable key={view} events={items} view={view} /><Pager next={next} /></>;
}

/** Takes the name of a monitor. Which there are is asked for once somebody wants to name one. */
function MonitorField() {
  const [wanted, want] = useState(false);
  const { data } = useMonitors(wanted);
  const choices = useMemo(() => data?.items.map(({ name }) => name) ?? [], [data]);
  return <NameField name="monitor" label="Name of a monitor" choices={choices} onFocus={() => want(true)} />;
}
