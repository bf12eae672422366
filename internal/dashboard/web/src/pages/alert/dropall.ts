import type { Problem } from "../../api/call";
import { count } from "../../words";

/** What became of issues that were to be dropped. */
export interface Dropped {
  dropped: number;
  refused: number;
  /** How many were not asked for any more. */
  left: number;
  /** The first reason for a refusal, in the server's words; empty if there is none. */
  why: string;
}

/** How many are dropped at a time. */
const lanes = 4;

/** Drops issues one by one: each is an action of its own, with its event. It ends early when nobody is there to answer. */
export async function dropAll(ids: readonly number[], drop: (id: number) => Promise<unknown>, signal: AbortSignal, heard: (so: Dropped) => void): Promise<Dropped> {
  const so: Dropped = { dropped: 0, refused: 0, left: ids.length, why: "" };
  const rest = [...ids];
  let over = false;
  const lane = async () => {
    for (let id = rest.shift(); id !== undefined && !over && !signal.aborted; id = rest.shift()) {
      try {
        await drop(id);
        so.dropped++;
        so.left--;
      } catch (error) {
        const problem = error as Problem;
        so.why ||= problem.message;
        // The others would be refused for the same reason.
        if (problem.away || problem.status === 401 || problem.status === 403) {
          over = true;
          return;
        }
        so.refused++;
        so.left--;
      }
      heard({ ...so });
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return so;
}

/** Says what became of them. */
export function told({ dropped, refused, left, why }: Dropped): string {
  const parts = [`${count(dropped, "issue")} dropped`];
  if (refused > 0) parts.push(`${refused.toLocaleString("en")} refused`);
  if (left > 0) parts.push(`${left.toLocaleString("en")} left as they are`);
  return `${parts.join(", ")}.${why && ` ${why}`}`;
}
