import type { Alert, Monitor } from "../../api/types";

/** Whether somebody has to look at it: nobody has at its priority, and people are told of it. */
export const waits = (alert: Alert) => alert.status === "active" && !alert.is_priority_acknowledged && !alert.silenced;

/** What waits for somebody first, then the most important, then the newest. */
export function inOrder(alerts: readonly Alert[]): Alert[] {
  return [...alerts].sort((a, b) => Number(waits(b)) - Number(waits(a)) || a.priority - b.priority || b.id - a.id);
}

/** The states an alert can be filtered by. One alert may be in several. */
export const states: Readonly<Record<string, { text: string; title: string; has: (alert: Alert) => boolean }>> = {
  waiting: { text: "waiting", title: "Neither acknowledged nor silenced.", has: waits },
  acknowledged: { text: "acknowledged", title: "Somebody is on it.", has: (alert: Alert) => alert.is_priority_acknowledged },
  silenced: { text: "silenced", title: "Nobody is notified of it.", has: (alert: Alert) => alert.silenced },
  locked: { text: "locked", title: "New issues go to another alert.", has: (alert: Alert) => alert.locked },
};

/** What the alerts that are shown have in common; what is empty is not asked for. */
export interface AlertFilter {
  words: string[];
  priorities: number[];
  state: string | undefined;
  monitor: string | undefined;
  /** name:value */
  label: string | undefined;
}

export const alertFilters = ["q", "priority", "state", "monitor", "label"] as const;

export function filterOf(query: URLSearchParams): AlertFilter {
  return {
    words: (query.get("q") ?? "").toLowerCase().split(/\s+/).filter(Boolean),
    priorities: query.getAll("priority").map(Number),
    state: query.get("state") ?? undefined,
    monitor: query.get("monitor") ?? undefined,
    label: query.get("label") ?? undefined,
  };
}

export const hasLabel = (monitor: Monitor | undefined, label: string) =>
  Object.entries(monitor?.labels ?? {}).some(([name, value]) => `${name}:${value}` === label);

/** What of a monitor is searched for words. */
export const textOf = (monitor: Monitor) =>
  [monitor.name, monitor.summary, ...Object.entries(monitor.labels).map(([name, value]) => `${name}:${value}`)].join(" ").toLowerCase();

/** Tells whether an alert passes, with what is known of its monitor. */
export function passes(alert: Alert, filter: AlertFilter, monitor: Monitor | undefined): boolean {
  const { words, priorities, state, label } = filter;
  if (priorities.length > 0 && !priorities.includes(alert.priority)) return false;
  if (filter.monitor && alert.monitor !== filter.monitor) return false;
  if (state && !(Object.hasOwn(states, state) && states[state]?.has(alert))) return false;
  if (label && !hasLabel(monitor, label)) return false;
  const text = `${alert.id} ${monitor ? textOf(monitor) : alert.monitor.toLowerCase()}`;
  return words.every((word) => text.includes(word));
}
