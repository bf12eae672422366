import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import type { Alert, Monitor } from "../../api/types";
import { href } from "../../route";
import { alertColumns } from "../../ui/alertrow";
import { AlertTags } from "../../ui/basics";
import { useFresh } from "../../ui/fresh";
import { Coming, useSteady } from "../../ui/steady";
import { Table } from "../../ui/virtual";
import { Acknowledger } from "./acknowledger";

interface AlertTableProps {
  /** All there are: what comes to them is marked as new. */
  all: readonly Alert[];
  shown: readonly Alert[];
  monitors: ReadonlyMap<string, Monitor>;
  /** Who acknowledged what lately; undefined: that is not known yet. */
  acknowledgers: ReadonlyMap<number, string> | undefined;
  /** What it is filtered by: another one is shown at once. */
  view: string;
}

/** The alerts, which stay where they are while somebody points at them. */
export function AlertTable({ all, shown, monitors, acknowledgers, view }: AlertTableProps) {
  const ids = useMemo(() => all.map(keyOf), [all]);
  const fresh = useFresh(ids);
  const { rows, gone, coming, release, holders } = useSteady(shown, keyOf, view);
  const columns = alertColumns((alert) => (
    <MonitorOf alert={alert} monitor={monitors.get(alert.monitor)}>
      {gone.has(alert.id) ? <span class="soft">not here any more</span> : <State alert={alert} acknowledgers={acknowledgers} />}
    </MonitorOf>
  ));
  return (
    <div class="alerts" {...holders}>
      <Coming of={coming} what="alert" show={release} />
      <Table<Alert> label="Active alerts" rows={rows} columns={columns} keyOf={keyOf} height={62}
        classOf={({ id }) => (gone.has(id) ? "gone" : fresh.has(id) ? "fresh" : undefined)} />
    </div>
  );
}

const keyOf = (alert: Alert) => alert.id;

/** Names the monitor of an alert, with how the alert is beside it. */
function MonitorOf({ alert, monitor, children }: { alert: Alert; monitor: Monitor | undefined; children: ComponentChildren }) {
  const [summary = ""] = (monitor?.summary ?? "").split("\n", 1);
  return (
    <>
      <span class="named"><a href={href(["monitors", alert.monitor])}>{alert.monitor}</a>{children}</span>
      {summary && <div class="soft lines">{summary}</div>}
    </>
  );
}

function State({ alert, acknowledgers }: { alert: Alert } & Pick<AlertTableProps, "acknowledgers">) {
  return (
    <>
      <AlertTags alert={alert} />
      {alert.is_priority_acknowledged && acknowledgers && <Acknowledger alert={alert} by={acknowledgers.get(alert.id)} />}
    </>
  );
}
