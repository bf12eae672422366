import type { Monitor } from "../../api/types";
import { now } from "../../live/clock";
import { href } from "../../route";
import { Ago, Ahead, Health, Tag } from "../../ui/basics";
import { Sparkline } from "../../ui/sparkline";
import { type Column, type Sorting, Table } from "../../ui/virtual";
import { nextRun, trouble } from "./trouble";
import "./monitors.css";
import { grouped } from "../../words";

interface MonitorTableProps {
  label: string;
  monitors: readonly Monitor[];
  /** Active issues in each hour of the last day, by name. */
  lastDay: ReadonlyMap<string, number[]> | undefined;
  sorting?: Sorting;
  onSort?: (sorting: Sorting) => void;
}

/** Monitors with how they are, and were in the last day. */
export function MonitorTable({ lastDay, ...props }: MonitorTableProps) {
  const columns: Column<Monitor>[] = [
    { name: "Health", width: "7.5rem", sort: "health", cell: (monitor) => <Health of={monitor.health} /> },
    { name: "Monitor", names: true, sort: "name", cell: (monitor) => <Name monitor={monitor} /> },
    { name: "Active issues", width: "8rem", class: "number", sort: "issues", cell: (monitor) => grouped(monitor.active_issues) },
    { name: "Last 24 hours", width: "8.5rem", cell: (monitor) => lastDay && <Sparkline values={lastDay.get(monitor.name)} what="active issue" time="24 hours" /> },
    { name: "Last run", width: "9.5rem", sort: "last", cell: (monitor) => <LastRun monitor={monitor} /> },
    { name: "Next run", width: "8rem", sort: "next", cell: (monitor) => (monitor.enabled ? monitor.busy ? "running" : <Ahead time={nextRun(monitor)} never="never" /> : "–") },
  ];
  return <Table<Monitor> {...props} rows={props.monitors} columns={columns} keyOf={keyOf} class="monitors" height={63} />;
}

const keyOf = (monitor: Monitor) => monitor.name;

function Name({ monitor }: { monitor: Monitor }) {
  const [summary = ""] = monitor.summary.split("\n", 1);
  return (
    <>
      <a href={href(["monitors", monitor.name])}><b>{monitor.name}</b></a>
      {Object.entries(monitor.labels).map(([name, value]) => <span key={name}>{" "}<Tag>{name}: {value}</Tag></span>)}
      {summary && <div class="soft line">{summary}</div>}
      <Trouble monitor={monitor} />
    </>
  );
}

function Trouble({ monitor }: { monitor: Monitor }) {
  const words = trouble(monitor, now());
  return words ? <div class="bad lines" title={words}>{words}</div> : null;
}

function LastRun({ monitor: { last_execution: last } }: { monitor: Monitor }) {
  if (!last) return <>never</>;
  const ended = last.finished_at;
  return (
    <a href={href(["executions", last.id])}>
      {last.status !== "succeeded" && <>{last.status} </>}
      {ended ? <Ago time={ended} /> : <Ago time={last.started_at ?? last.queued_at} />}
    </a>
  );
}
