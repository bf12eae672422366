import type { Alert, Summary } from "../../api/types";
import { href } from "../../route";
import { count, grouped } from "../../words";
import { waits } from "./order";

/** Says in one sentence how things are, and what is not known. */
export function Headline({ alerts, monitors }: { alerts: readonly Alert[]; monitors: Summary["monitors"] | undefined }) {
  const waiting = alerts.filter(waits).length;
  return (
    <div role="status">
      <h1>{title(alerts.length, waiting, monitors)}</h1>
      {alerts.length > 0 && <p class="headline soft">{counts(alerts, waiting)}</p>}
      {monitors && monitors.unknown > 0 && (
        <p class="headline">
          <a href={href(["monitors"], { health: "unknown" })}>
            {monitors.unknown === 1 ? "The answer of 1 monitor is" : `The answers of ${grouped(monitors.unknown)} monitors are`} not known
          </a>: something may be wrong without anybody being told.
        </p>
      )}
      {monitors && monitors.disabled > 0 && (
        <p class="headline soft"><a href={href(["monitors"], { health: "disabled" })}>{count(monitors.disabled, "monitor is", "monitors are")} disabled</a>.</p>
      )}
    </div>
  );
}

function title(active: number, waiting: number, monitors: Summary["monitors"] | undefined): string {
  if (waiting > 0) return `${count(waiting, "alert waits", "alerts wait")} for somebody`;
  if (active > 0) return "Nothing waits for anybody";
  if (monitors?.total === 0) return "Nothing is watched yet";
  return "Nothing is wrong, as far as the monitors know";
}

function counts(alerts: readonly Alert[], waiting: number): string {
  const acknowledged = alerts.filter((alert) => alert.is_priority_acknowledged).length;
  const silenced = alerts.filter((alert) => alert.silenced).length;
  const issues = alerts.reduce((sum, alert) => sum + alert.active_issues, 0);
  const parts = [
    alerts.length > waiting && `${count(alerts.length, "alert is", "alerts are")} active`,
    acknowledged > 0 && `${grouped(acknowledged)} acknowledged`,
    silenced > 0 && `${grouped(silenced)} silenced`,
    count(issues, "active issue"),
  ];
  return parts.filter(Boolean).join(" · ");
}
