import type { Monitor } from "../../api/types";
import type { Sorting } from "../../ui/virtual";
import { hasLabel, textOf } from "../overview/order";
import { nextRun } from "./trouble";

export const monitorFilters = ["q", "health", "label"] as const;

export function passing(monitors: readonly Monitor[], query: URLSearchParams): Monitor[] {
  const words = (query.get("q") ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  const healths = query.getAll("health");
  const label = query.get("label");
  return monitors.filter((monitor) => {
    if (healths.length > 0 && !healths.includes(monitor.health)) return false;
    if (label && !hasLabel(monitor, label)) return false;
    const text = words.length > 0 ? textOf(monitor) : "";
    return words.every((word) => text.includes(word));
  });
}

/** What nobody knows comes first: alerts cannot tell of it. Then what is wrong. */
export const healths: readonly Monitor["health"][] = ["unknown", "violating", "ok", "disabled"];

type Value = string | number;

/** By what monitors can be sorted. */
const values: Record<string, (monitor: Monitor) => Value> = {
  health: (monitor) => (monitor.problems.length > 0 ? -1 : healths.indexOf(monitor.health)),
  name: (monitor) => monitor.name,
  issues: (monitor) => monitor.active_issues,
  last: (monitor) => monitor.last_execution?.queued_at ?? "",
  // What is never due comes behind what is.
  next: (monitor) => nextRun(monitor) ?? "9",
};

/** Reads the order from the address: "issues" from the least, "-issues" from the most. */
export function sortingOf(query: URLSearchParams): Sorting {
  const text = query.get("sort") ?? "";
  const by = text.replace(/^-/, "");
  return Object.hasOwn(values, by) ? { by, descending: text.startsWith("-") } : { by: "health", descending: false };
}

export const sortText = ({ by, descending }: Sorting) => `${descending ? "-" : ""}${by}`;

export function sorted(monitors: readonly Monitor[], { by, descending }: Sorting): Monitor[] {
  const value = values[by] ?? (() => 0);
  const sign = descending ? -1 : 1;
  // Among equals, those with the most issues come first.
  return [...monitors].sort((a, b) => sign * compare(value(a), value(b)) || b.active_issues - a.active_issues || compare(a.name, b.name));
}

const compare = (a: Value, b: Value) => (a < b ? -1 : a > b ? 1 : 0);

/** All labels there are, as name:value, for choosing one. */
export function labelsOf(monitors: readonly Monitor[]): string[] {
  const labels = new Set<string>();
  for (const monitor of monitors) for (const [name, value] of Object.entries(monitor.labels)) labels.add(`${name}:${value}`);
  return [...labels].sort();
}
