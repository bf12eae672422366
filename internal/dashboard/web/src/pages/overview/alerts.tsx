import { useMemo } from "preact/hooks";
import type { Alert, Monitor } from "../../api/types";
import { href } from "../../route";
import { alertColumns } from "../../ui/alertrow";
import { AlertTags } from "../../ui/basics";
import { useFresh } from "../../ui/fresh";
import { Coming, useSteady } from "../../ui/steady";
import { type Column, Table } from "../../ui/virtual";
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
  const own: Record<string, Partial<Column<Alert>>> = {
    Monitor: { cell: (alert) => <MonitorOf alert={alert} monitor={monitors.get(alert.monitor)} /> },
    State: {
      width: "12rem",
      cell: (alert) => (gone.has(alert.id) ? <span class="soft">not here any more</span> : <State alert={alert} acknowledgers={acknowledgers} />),
    },
  };
  const columns = alertColumns().map((column) => ({ ...column, ...own[column.name] }));
  return (
    <div class="alerts" {...holders}>
      <Coming of={coming} what="alert" show={release} />
      <Table<Alert> label="Active alerts" rows={rows} columns={columns} keyOf={keyOf} height={62}
        classOf={({ id }) => (gone.has(id) ? "gone" : fresh.has(id) ? "fresh" : undefined)} />
    </div>
  );
}

const keyOf = (alert: Alert) => alert.id;

function MonitorOf({ alert, monitor }: { alert: Alert; monitor: Monitor | undefined }) {
  const [summary = ""] = (monitor?.summary ?? "").split("\n", 1);
  return <><a href={href(["monitors", alert.monitor])}>{alert.monitor}</a>{summary && <div class="soft line">{summary}</div>}</>;
}

function State({ alert, acknowledgers }: { alert: Alert } & Pick<AlertTableProps, "acknowledgers">) {
  if (!alert.acknowledged && !alert.locked && !alert.silenced) return null;
  return (
    <span class="actions">
      <AlertTags alert={alert} />
      {alert.is_priority_acknowledged && acknowledgers && <Acknowledger alert={alert} by={acknowledgers.get(alert.id)} />}
    </span>
  );
}
