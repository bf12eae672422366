import { useMemo } from "preact/hooks";
import type { Monitor } from "../../api/types";
import { setQuery } from "../../route";
import { type PageProps, useTitle } from "../../shell/content";
import { Empty, Loaded } from "../../ui/basics";
import { Chips, Choice, ClearFilters, Search } from "../../ui/filter";
import { count, grouped } from "../../words";
import { useLastDay, useMonitors } from "./data";
import { labelsOf, monitorFilters, passing, sorted, sortingOf, sortText } from "./filter";
import { countHealths, healthChips } from "./healths";
import { MonitorTable } from "./table";

/** All monitors there are. */
export function MonitorsPage({ query }: PageProps) {
  useTitle("Monitors");
  return (
    <>
      <h1>Monitors</h1>
      <Loaded of={useMonitors()}>
        {({ items, complete }) => items.length > 0 ? <Monitors monitors={items} complete={complete} query={query} /> : <None />}
      </Loaded>
    </>
  );
}

export const None = () => (
  <Empty>There is no monitor yet. One is made with “New monitor” above, by a folder where vedette looks for monitors, or with <code>vedette monitor apply</code>.</Empty>
);

function Monitors({ monitors, complete, query }: { monitors: readonly Monitor[]; complete: boolean; query: URLSearchParams }) {
  const lastDay = useLastDay();
  const labels = useMemo(() => labelsOf(monitors), [monitors]);
  const sorting = sortingOf(query);
  const shown = useMemo(() => sorted(passing(monitors, query), sorting), [monitors, query.toString()]);
  return (
    <>
      <div class="filters">
        <Search label="Search monitors" placeholder="Name, label …" />
        <Chips name="health" label="Health" chips={healthChips(countHealths(monitors))} />
        {labels.length > 0 && <Choice name="label" label="Label" all="any" choices={labels.map((label) => ({ value: label, text: label }))} />}
        <ClearFilters names={monitorFilters} />
      </div>
      <p class="soft" role="status">
        {shown.length === monitors.length ? count(monitors.length, "monitor") : `${grouped(shown.length)} of ${count(monitors.length, "monitor")}`}
        {!complete && ", and there are more than this page reads"}
      </p>
      {shown.length > 0
        ? <MonitorTable label="Monitors" monitors={shown} lastDay={lastDay} sorting={sorting} onSort={(next) => setQuery({ sort: sortText(next) })} />
        : <Empty>No monitor is like that.</Empty>}
    </>
  );
}
