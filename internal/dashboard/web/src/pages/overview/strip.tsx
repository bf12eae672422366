import type { Alert } from "../../api/types";
import { setQuery } from "../../route";
import { allPriorities, grouped, priorities } from "../../words";
import { waits } from "./order";

/** How many alerts there are of each priority. Pressed, only those are shown. */
export function PriorityStrip({ alerts, chosen }: { alerts: readonly Alert[]; chosen: readonly number[] }) {
  const press = (priority: number) => {
    const next = chosen.includes(priority) ? chosen.filter((p) => p !== priority) : [...chosen, priority];
    setQuery({ priority: next.map(String) });
  };
  return (
    <div class="strip" role="group" aria-label="Alerts by priority">
      {allPriorities.map((priority) => {
        const of = alerts.filter((alert) => alert.priority === priority);
        const waiting = of.filter(waits).length;
        return (
          <button key={priority} type="button" class={`p${priority} ${of.length ? "" : "none"}`} aria-pressed={chosen.includes(priority)} onClick={() => press(priority)}>
            <b>{grouped(of.length)}</b> <span>{priorities[priority]}</span>
            {waiting < of.length && <small> {waiting} waiting</small>}
          </button>
        );
      })}
    </div>
  );
}
