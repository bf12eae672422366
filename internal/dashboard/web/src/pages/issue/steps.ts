import type { Event } from "../../api/types";
import { fieldsOf } from "../../ui/fields";

/** An event of an issue, with the data it had before and after. */
export interface Step {
  event: Event;
  after: unknown;
  /** undefined: the event before is not known, so nobody can say what changed. */
  before: unknown;
  /** Whether it is the first that happened. */
  first: boolean;
}

/** Puts to each event the data of the one before. Events come newest first, and so do the steps. */
export function steps(timeline: readonly Event[]): Step[] {
  return timeline.map((event, i) => {
    const earlier = timeline[i + 1];
    return {
      event,
      after: fieldsOf(event.event_data)["data"],
      before: earlier && fieldsOf(earlier.event_data)["data"],
      first: event.event_name === "issue_created",
    };
  });
}
