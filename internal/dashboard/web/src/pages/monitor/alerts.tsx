import { path } from "../../api/call";
import type { Alert, Page } from "../../api/types";
import { useResource } from "../../live/resource";
import { href } from "../../route";
import { alertColumns } from "../../ui/alertrow";
import { Empty, Loaded } from "../../ui/basics";
import { Chips } from "../../ui/filter";
import { Table } from "../../ui/virtual";
import { count } from "../../words";
import type { TabProps } from "./tabs";

/** How many are listed; who looks for others finds them among all alerts. */
const most = 50;
const columns = alertColumns();

/** The monitor's active alerts, most important first, and if asked for those that were solved, newest first. */
export function Alerts({ monitor: { name, active_alerts: active }, query }: TabProps) {
  const solved = query.get("alerts") === "solved";
  const alerts = useResource<Page<Alert>>(
    path(["alerts"], { monitor: name, limit: most, status: solved ? "solved" : "active", sort: solved ? undefined : "priority" }),
    { monitor: name },
  );
  return (
    <section>
      <div class="head">
        <h2>{solved ? "Solved alerts" : active === 0 ? "No active alerts" : count(active, "active alert")}</h2>
        <Chips name="alerts" label="Which alerts" chips={[{ value: "solved", text: "Solved" }]} />
      </div>
      <Loaded of={alerts}>
        {({ items, next_cursor: more }) => (
          <>
            {items.length > 0
              ? <Table label={solved ? "Solved alerts" : "Active alerts"} rows={items} columns={columns} keyOf={(alert) => alert.id} />
              : solved && <Empty>No alert of this monitor has been solved yet.</Empty>}
            {more && <p class="soft">These are the first {most}. <a href={href([], { q: name })}>All active alerts</a></p>}
          </>
        )}
      </Loaded>
    </section>
  );
}
