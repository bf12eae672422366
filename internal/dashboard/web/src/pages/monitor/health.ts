import type { Monitor } from "../../api/types";
import { count, duration } from "../../words";

/** How late something due may begin before it is late, in milliseconds. */
const leeway = 60_000;

/** Says in words why a monitor's health is what it is, at a time in milliseconds. */
export function why(monitor: Monitor, now: number): string {
  switch (monitor.health) {
    case "disabled":
      return "It does not run until it is enabled. What it found before stays as it is.";
    case "violating":
      return `It holds ${count(monitor.active_issues, "active issue")}.`;
    case "ok":
      return "Its last run saw everything, and there is no active issue.";
    case "unknown":
      return unknown(monitor, now);
  }
}

function unknown(monitor: Monitor, now: number): string {
  const { last_execution: last, active_issues: active } = monitor;
  const known = active ? ` What it found before still counts: ${count(active, "active issue")}.` : "";
  const late = overdue(monitor, now);
  if (!last) return `It has not run yet.${late ? ` It is due since ${duration(late)}.` : ""}`;
  if (last.error) return `Its last run failed, so nobody knows the answer.${known}`;
  if (last.status === "lost") return `Its last run was lost with the process that ran it. It runs again by itself.${known}`;
  if (last.status === "cancelled") return `Its last run was cancelled.${known}`;
  if (late) return `It should have run ${duration(late)} ago.${known}`;
  if (last.status === "queued" || last.status === "running") return `The run that is under way will tell.${known}`;
  return `Its last run did not see everything.${known}`;
}

/** Since how many milliseconds a task is due that nobody has begun; 0: none is. */
function overdue({ next_search_at: search, next_update_at: update, enabled, busy }: Monitor, now: number): number {
  if (!enabled || busy) return 0;
  const due = [search, update].flatMap((time) => (time ? [now - Date.parse(time)] : []));
  const late = Math.max(0, ...due);
  return late > leeway ? late : 0;
}
