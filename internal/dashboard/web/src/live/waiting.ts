// What alerts wait for somebody, told to who looks at another page or window.
import { get, path } from "../api/call";
import type { Alert, Event, Summary } from "../api/types";
import { useEffect } from "preact/hooks";
import { countInTitle } from "../shell/title";
import { notify } from "./notify";
import { onEvent } from "./stream";

/** Alerts come in crowds: they are looked at together, after that many milliseconds. */
const pause = 2000;
/** Silences begin and end without an event. In milliseconds. */
const interval = 60_000;

/** After these an alert may wait for somebody that did not before. */
const raising = new Set(["alert_created", "alert_priority_increased", "alert_acknowledge_dismissed"]);

/**
 * Keeps the count in the tab's title, and notifies of new alerts while nobody sees
 * the page. It also works where the page is hidden, unlike what is shown.
 */
export function useWaiting() {
  useEffect(() => {
    const raised = new Set<number>();
    let timer = 0;
    const soon = () => {
      timer ||= window.setTimeout(look, pause);
    };
    const look = async () => {
      timer = 0;
      const ids = [...raised];
      raised.clear();
      // Where the server is away, the page says so; what waits is seen at the next time.
      await count().catch(() => {});
      if (document.hidden) notify(await waitingOf(ids));
    };
    const hear = (event: Event) => {
      if (event.event_source !== "alert") return;
      if (raising.has(event.event_name)) raised.add(event.event_source_id);
      soon();
    };
    void count().catch(() => {});
    const unhear = onEvent(hear);
    const often = setInterval(soon, interval);
    return () => {
      unhear();
      clearTimeout(timer);
      clearInterval(often);
      countInTitle(0);
    };
  }, []);
}

async function count() {
  const { alerts } = await get<Summary>("/api/v1/summary");
  countInTitle(alerts.waiting);
}

/** How many alerts are asked for one by one. Of more, only their number is told. */
const most = 20;

/** Those of the alerts that still wait for somebody. */
async function waitingOf(ids: readonly number[]): Promise<Alert[]> {
  const answers = await Promise.allSettled(ids.slice(0, most).map((id) => get<Alert>(path(["alerts", id]))));
  return answers
    .flatMap((answer) => (answer.status === "fulfilled" ? [answer.value] : []))
    .filter((alert) => alert.status === "active" && !alert.is_priority_acknowledged && !alert.silenced);
}
