import { path } from "../../api/call";
import type { Alert, Event, Page } from "../../api/types";
import { useResource } from "../../live/resource";
import { Text } from "../../ui/value";

/** Says who acknowledged an alert, if anybody is known to have. */
export function Acknowledger({ alert, by }: { alert: Alert; /** Undefined: it was too long ago to be among the last ones. */ by: string | undefined }) {
  // It is asked for a row at a time: only of what can be seen, and no more than once.
  const own = path(["events"], { event_source: "alert", event_source_id: alert.id, event_name: "alert_acknowledged", limit: 1 });
  const { data } = useResource<Page<Event>>(by === undefined ? own : undefined, { every: 0 });
  const name = by ?? data?.items[0]?.actor;
  return name ? <span class="soft">by <Text of={name} /></span> : null;
}
