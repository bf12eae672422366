// The platform's terms, as people read them.
import type { Priority, Role } from "./api/types";

/** By priority; what stands at 0 is no priority. */
export const priorities = ["", "critical", "high", "moderate", "low", "informational"] as const;
export const allPriorities: readonly Priority[] = [1, 2, 3, 4, 5];

/** What happened, by the name of the event. */
export const events: Record<string, string> = {
  alert_acknowledge_dismissed: "acknowledgement dismissed",
  alert_acknowledged: "alert acknowledged",
  alert_created: "alert created",
  alert_issues_linked: "issues joined the alert",
  alert_locked: "alert locked",
  alert_priority_decreased: "priority decreased",
  alert_priority_increased: "priority increased",
  alert_solved: "alert solved",
  alert_unlocked: "alert unlocked",
  alert_updated: "alert updated",
  issue_linked: "issue joined an alert",
  issue_created: "issue created",
  issue_dropped: "issue dropped",
  issue_solved: "issue solved",
  issue_updated_not_solved: "issue updated",
  issue_updated_solved: "issue updated, and solved by that",
  monitor_enabled_changed: "monitor enabled or disabled",
  notification_closed: "notification closed",
  notification_created: "notification sent",
};

const ranks: Record<Role, number> = { viewer: 0, responder: 1, editor: 2, admin: 3 };

/** Tells whether somebody of that role may do what asks for another one. */
export const may = (role: Role, needed: Role) => ranks[role] >= ranks[needed];

/** Writes a whole number: 12,345. The browser's own way loads the habits of all languages first, which takes a while. */
export const grouped = (n: number) => String(n).replace(/\B(?=(\d{3})+$)/g, ",");

let short: Intl.NumberFormat | undefined;

/** Writes a number where there is little room: 12K. What writes it is made once, for that takes a while. */
export function compact(n: number): string {
  short ??= new Intl.NumberFormat("en", { notation: "compact" });
  return short.format(n);
}

/** Writes the time of day: 09:05:00. */
export const timeOfDay = (date: Date) =>
  [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => String(part).padStart(2, "0")).join(":");

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Writes a time in the reader's own time zone: 24 Nov 2026, 19:09:00. */
export const moment = (date: Date) => `${date.getDate()} ${months[date.getMonth()]} ${date.getFullYear()}, ${timeOfDay(date)}`;

/** Writes a time as moment does, with the time zone it is in: 24 Nov 2026, 19:09:00 UTC+01:00. */
export function instant(date: Date): string {
  const east = -date.getTimezoneOffset(), minutes = Math.abs(east);
  const zone = [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0")).join(":");
  return `${moment(date)} UTC${east < 0 ? "-" : "+"}${zone}`;
}

/** Writes a number with what is counted: 1 issue, 2 issues. */
export const count = (n: number, word: string, more = `${word}s`) => `${grouped(n)} ${n === 1 ? word : more}`;

const units = [["d", 86_400], ["h", 3_600], ["min", 60]] as const;

/** Says how long a number of milliseconds is, in its two largest units: 3 h 20 min. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  for (const [i, [unit, size]] of units.entries()) {
    if (seconds < size) continue;
    const next = units[i + 1];
    const rest = next ? Math.floor((seconds % size) / next[1]) : 0;
    return `${Math.floor(seconds / size)} ${unit}${rest && next ? ` ${rest} ${next[0]}` : ""}`;
  }
  return `${seconds} s`;
}

/** Says how many milliseconds ago something was. */
export const ago = (milliseconds: number) => (milliseconds < 1000 ? "just now" : `${duration(milliseconds)} ago`);

/** Says how long something took that is measured in milliseconds. */
export function took(milliseconds: number): string {
  if (milliseconds < 1) return "under 1 ms";
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  return milliseconds < 60_000 ? `${(milliseconds / 1000).toFixed(1)} s` : duration(milliseconds);
}
