// Executions, as they are told of in several places.
import type { Execution } from "../api/types";
import { grouped } from "../words";
import "./execution.css";

const signs: Record<Execution["status"], string> = { queued: "…", running: "▶", succeeded: "✓", failed: "✕", lost: "?", cancelled: "–" };

export const statuses: readonly Execution["status"][] = ["queued", "running", "succeeded", "failed", "lost", "cancelled"];

export const ended = ({ status }: Pick<Execution, "status">) => status !== "queued" && status !== "running";

export const Status = ({ of: { status } }: { of: Pick<Execution, "status"> }) => (
  <span class={`status ${status}`}><span aria-hidden="true">{signs[status]} </span>{status}</span>
);

/** Says what an execution changed: 2 created, 1 solved. */
export function countsInWords(counts: Execution["counts"]): string {
  const words = (["created", "updated", "solved", "dropped"] as const).flatMap((what) => (counts[what] ? [`${grouped(counts[what])} ${what}`] : []));
  return words.join(", ") || "nothing changed";
}
