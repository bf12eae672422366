import type { Event } from "../../api/types";

/** An event, and how many of its kind there were in a row. */
export interface Gathered {
  last: Event;
  times: number;
}

/** Puts updates in a row together: a run that changes data makes one each time. The newest comes first. */
export function gather(events: readonly Event[]): Gathered[] {
  const lines: Gathered[] = [];
  for (const event of events) {
    const line = lines.at(-1);
    if (line && event.event_name === "alert_updated" && line.last.event_name === "alert_updated") line.times++;
    else lines.push({ last: event, times: 1 });
  }
  return lines;
}
