import type { SilenceRequest } from "../api/types";

/** What is typed into the form of a silence. Empty: not asked for. */
export interface SilenceForm {
  monitor: string;
  /** name: value, separated by commas. */
  labels: string;
  /** "1" to "5". */
  priority: string;
  issue: string;
  everything: boolean;
  recurs: boolean;
  /** As the field for a date and time has it, in the reader's time zone. */
  starts: string;
  ends: string;
  lasts: string;
  every: string;
  zone: string;
  comment: string;
}

export const emptySilence: SilenceForm = {
  monitor: "", labels: "", priority: "", issue: "", everything: false, recurs: false,
  starts: "", ends: "", lasts: "2h", every: "", zone: "", comment: "",
};

/** What a silence can be about, as the address has it: ?monitor=NAME&label=name:value&priority=3&issue_id=7 */
export function fromAddress(query: URLSearchParams): SilenceForm {
  return {
    ...emptySilence,
    monitor: query.get("monitor") ?? "",
    labels: query.getAll("label").join(", "),
    priority: query.get("priority") ?? "",
    issue: query.get("issue_id") ?? "",
    comment: query.get("comment") ?? "",
  };
}

/** Gives what is wrong with the form that the server could not say as well; empty: nothing. */
export function flaw(form: SilenceForm): string {
  const { monitor, labels, priority, issue, everything, recurs, lasts, ends, every } = form;
  if (!everything && !monitor && !labels.trim() && !priority && !issue) return "Say what it is about: a monitor, labels, a priority, an issue, or everything.";
  if (everything && (monitor || labels.trim() || priority || issue)) return "Everything is all alerts: leave the other fields empty, or do not ask for everything.";
  if (labelsOf(labels) === undefined) return "Labels are written as name: value, separated by commas.";
  if (recurs && !every.trim()) return "Say when it recurs, as a cron expression: 0 2 * * 0 is Sundays at two.";
  if (recurs && !lasts.trim()) return "Say how long it lasts each time: 90m, 2h.";
  if (!recurs && !lasts.trim() && !ends) return "Say how long it lasts, or until when.";
  return "";
}

/** Reads labels; undefined if they cannot be read. */
export function labelsOf(text: string): Record<string, string> | undefined {
  const labels: [string, string][] = [];
  for (const part of text.split(",").map((one) => one.trim()).filter(Boolean)) {
    const [, name, value] = /^([^:=]+)[:=](.*)$/s.exec(part) ?? [];
    if (!name?.trim() || value === undefined) return undefined;
    labels.push([name.trim(), value.trim()]);
  }
  return Object.fromEntries(labels);
}

const moment = (local: string) => new Date(local).toISOString();

/** What is asked of the server. */
export function requestOf(form: SilenceForm): SilenceRequest {
  const request: SilenceRequest = { comment: form.comment.trim() };
  const labels = labelsOf(form.labels) ?? {};
  if (form.everything) request.everything = true;
  if (form.monitor.trim()) request.monitor = form.monitor.trim();
  if (Object.keys(labels).length > 0) request.labels = labels;
  if (form.priority) request.priority = Number(form.priority);
  if (form.issue) request.issue_id = Number(form.issue);
  if (form.starts) request.starts_at = moment(form.starts);
  if (form.ends) request.ends_at = moment(form.ends);
  // A silence that does not recur ends at one of both.
  if (form.lasts.trim() && (form.recurs || !form.ends)) request.for = form.lasts.trim();
  if (form.recurs) request.every = form.every.trim();
  if (form.recurs && form.zone.trim()) request.zone = form.zone.trim();
  return request;
}
