import { useMemo } from "preact/hooks";
import { readAll, type Whole } from "../../api/all";
import { path } from "../../api/call";
import { first } from "../../api/first";
import type { Alert, Event, Page } from "../../api/types";
import { useResource } from "../../live/resource";

/** All alerts that are active. */
export const useActiveAlerts = () => useResource<Whole<Alert>>(first.alerts, { read: readAll });

/** The last acknowledgements, and who gave them. */
const acknowledgements = path(["events"], { event_name: "alert_acknowledged", limit: 200 });

/** Tells who acknowledged an alert, by its id, as far as that is not long ago; undefined until it is known. */
export function useAcknowledgers(needed: boolean): ReadonlyMap<number, string> | undefined {
  const { data } = useResource<Page<Event>>(needed ? acknowledgements : undefined, { pause: 2000 });
  return useMemo(() => {
    if (!data) return undefined;
    const who = new Map<number, string>();
    for (const event of data.items) {
      if (event.actor && !who.has(event.event_source_id)) who.set(event.event_source_id, event.actor);
    }
    return who;
  }, [data]);
}
