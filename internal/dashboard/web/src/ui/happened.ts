// What events tell, in words.
import type { Event } from "../api/types";
import { count, events, priorities } from "../words";
import { fieldsOf } from "./fields";

/** Why an issue or an alert ended, by the reason that its event gives. */
const reasons: Record<string, string> = {
  predicate: "its data say that it is solved",
  missing: "the update did not find it any more",
  person: "by hand",
  archived: "the monitor was deleted",
  rekeyed: "the monitor's model_id_key changed",
};

const text = (value: unknown) => (typeof value === "string" ? value : "");
const level = (value: unknown) => (typeof value === "number" ? priorities[value] : undefined) ?? "unknown";

/** The reason for an end, in words; empty if the event gives none. */
export function reasonOf(event: Event): string {
  const reason = text(fieldsOf(event.extra_payload)["reason"]);
  return reasons[reason] ?? reason;
}

/** What somebody wrote about what they did; empty if nothing. */
export const commentOf = (event: Event) => text(fieldsOf(event.extra_payload)["comment"]);

/** Says what happened. */
export function happened(event: Event): string {
  const words = events[event.event_name] ?? event.event_name;
  const details = detailsOf(event);
  return details ? `${words}: ${details}` : words;
}

function detailsOf(event: Event): string {
  const data = fieldsOf(event.event_data), extra = fieldsOf(event.extra_payload);
  switch (event.event_name) {
    case "alert_created":
    case "alert_acknowledged":
      return level(data["priority"]);
    case "alert_priority_increased":
    case "alert_priority_decreased":
      return `${level(extra["previous_priority"])} → ${level(data["priority"])}`;
    case "alert_issues_linked":
      return Array.isArray(extra["issue_ids"]) ? count(extra["issue_ids"].length, "issue") : "";
    case "alert_updated":
      return typeof data["active_issues"] === "number" ? count(data["active_issues"], "active issue") : "";
    case "issue_linked":
      return data["alert_id"] ? `alert ${String(data["alert_id"])}` : "";
    default:
      // Who it was is said beside it.
      return event.actor && extra["reason"] === "person" ? "" : reasonOf(event);
  }
}
