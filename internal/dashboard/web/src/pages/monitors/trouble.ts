import type { Monitor } from "../../api/types";

/** How late a run may be before it is said, in milliseconds. */
const patience = 5 * 60_000;

/** When it is next due, whatever is due then. */
export function nextRun({ next_search_at, next_update_at }: Monitor): string | null {
  if (!next_search_at || !next_update_at) return next_search_at ?? next_update_at;
  return next_search_at < next_update_at ? next_search_at : next_update_at;
}

/** Says why the answer of a monitor is not known, or what is wrong with its code; empty if nothing is. */
export function trouble(monitor: Monitor, now: number): string {
  const { problems, enabled, health, last_execution: last } = monitor;
  const wrong = problems.find((problem) => problem.severity === "error");
  if (wrong) return `New code is not in force: ${wrong.file}${wrong.line ? `:${wrong.line}` : ""}: ${wrong.message}`;
  if (!enabled) return "";
  if (last?.error) return last.error;
  if (last?.status === "lost") return "The executor of the last run is gone.";
  const next = nextRun(monitor);
  if (next && now - Date.parse(next) > patience && !monitor.busy) return "It is overdue: no executor has run it.";
  if (health !== "unknown") return "";
  return last ? "The last run did not see everything." : "It has never run.";
}
