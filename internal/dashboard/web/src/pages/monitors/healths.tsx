import type { Monitor, Summary } from "../../api/types";
import type { Chip } from "../../ui/filter";
import { Health } from "../../ui/basics";

/** Buttons for how monitors are, with how many are so. */
export const healthChips = (counts: Partial<Summary["monitors"]>): Chip[] =>
  (["violating", "unknown", "ok", "disabled"] as const).map((health) => ({ value: health, text: <Health of={health} />, count: counts[health], title: meanings[health] }));

const meanings: Record<Monitor["health"], string> = {
  violating: "It found what should not be.",
  unknown: "It has not run as it should, so that nobody knows.",
  ok: "It looked, and found nothing wrong.",
  disabled: "Nobody asks it.",
};

/** How many monitors are how. */
export function countHealths(monitors: readonly Monitor[]): Summary["monitors"] {
  const counts = { total: monitors.length, ok: 0, violating: 0, unknown: 0, disabled: 0 };
  for (const { health } of monitors) counts[health]++;
  return counts;
}
