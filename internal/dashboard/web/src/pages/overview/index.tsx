import { useMemo } from "preact/hooks";
import type { Alert, Summary } from "../../api/types";
import { useResource } from "../../live/resource";
import { type PageProps, useTitle } from "../../shell/content";
import { Empty, Loaded } from "../../ui/basics";
import { Chips, Choice, ClearFilters, Search } from "../../ui/filter";
import { usePainted } from "../../ui/painted";
import { useMonitors } from "../monitors/data";
import { labelsOf } from "../monitors/filter";
import { AlertTable } from "./alerts";
import { useAcknowledgers, useActiveAlerts } from "./data";
import { Headline } from "./headline";
import { MonitorsOverview } from "./monitors";
import { NotifyChoice } from "./notify";
import { alertFilters, filterOf, inOrder, passes, states } from "./order";
import { PlatformProblems } from "./platform";
import { PriorityStrip } from "./strip";
import "./overview.css";

/** What is wrong, how bad, since when, and who is on it. */
export function Overview({ query }: PageProps) {
  useTitle("Overview");
  return <Loaded of={useActiveAlerts()}>{({ items, complete }) => <All alerts={items} complete={complete} query={query} />}</Loaded>;
}

function All({ alerts, complete, query }: { alerts: readonly Alert[]; complete: boolean; query: URLSearchParams }) {
  // The alerts come first: whoever looks at them need not wait for anything else.
  const painted = usePainted();
  const summary = useResource<Summary>(painted ? "/api/v1/summary" : undefined).data;
  const list = useMonitors(painted);
  const monitors = useMemo(() => new Map((list.data?.items ?? []).map((monitor) => [monitor.name, monitor])), [list.data]);
  const labels = useMemo(() => labelsOf([...monitors.values()]), [monitors]);
  const acknowledgers = useAcknowledgers(painted && alerts.some((alert) => alert.is_priority_acknowledged));
  const view = query.toString();
  const filter = useMemo(() => filterOf(query), [view]);
  const shown = useMemo(() => inOrder(alerts.filter((alert) => passes(alert, filter, monitors.get(alert.monitor)))), [alerts, filter, monitors]);
  return (
    <>
      <div class="head overview">
        <Headline alerts={alerts} monitors={summary?.monitors} />
        <span class="actions"><NotifyChoice /></span>
      </div>
      {painted && <PlatformProblems monitors={list.data ? monitors : everything} />}
      {alerts.length > 0 && (
        <section aria-labelledby="alerts">
          <h2 id="alerts" class="hidden">Active alerts</h2>
          <PriorityStrip alerts={alerts} chosen={filter.priorities} />
          <div class="filters">
            <Search label="Search alerts" placeholder="Name, label, number …" />
            <Chips name="state" label="State" one chips={Object.entries(states).map(([value, { text, title, has }]) => ({ value, text, title, count: alerts.filter(has).length }))} />
            {labels.length > 0 && <Choice name="label" label="Label" all="any" choices={labels.map((label) => ({ value: label, text: label }))} />}
            <ClearFilters names={alertFilters} />
          </div>
          {!complete && <p class="soft">There are more alerts than this page reads; these are the most important ones.</p>}
          {shown.length > 0
            ? <AlertTable all={alerts} shown={shown} monitors={monitors} acknowledgers={acknowledgers} view={view} />
            : <Empty>No active alert is like that.</Empty>}
        </section>
      )}
      {summary && list.data && <MonitorsOverview monitors={list.data.items} counts={summary.monitors} />}
    </>
  );
}

/** Until it is known which monitors there are, no folder is called stray. */
const everything = { has: () => true };
