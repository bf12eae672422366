import { Problem } from "../../api/problem";
import { count, grouped } from "../../words";

/** What became of issues that were to be dropped. */
export interface Dropped {
  dropped: number;
  refused: number;
  /** How many were not asked for any more. */
  left: number;
  /** How many were asked for, and nobody knows what became of them. */
  unknown: number;
  /** The first reason for a refusal, in the server's words; empty if there is none. */
  why: string;
}

/** How many are dropped at a time. */
const lanes = 4;

/**
 * Drops issues one by one: each is an action of its own, with its event. It ends when
 * the signal is given, early where the others would be refused as well.
 */
export async function dropAll(ids: readonly number[], drop: (id: number) => Promise<unknown>, signal: AbortSignal, heard: (so: Dropped) => void): Promise<Dropped> {
  const so: Dropped = { dropped: 0, refused: 0, left: ids.length, unknown: 0, why: "" };
  const rest = [...ids];
  let over = false;
  const lane = async () => {
    for (let id = rest.shift(); id !== undefined && !over && !signal.aborted; id = rest.shift()) {
      try {
        await drop(id);
        so.dropped++;
      } catch (error) {
        over = note(so, error) || over;
      }
      so.left--;
      heard({ ...so });
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return so;
}

/** Counts one that went wrong, and tells whether the others would too. */
function note(so: Dropped, error: unknown): boolean {
  // Nobody waited for the answer.
  const problem = error instanceof Problem ? error : undefined;
  if (!problem || problem.away) so.unknown++;
  else so.refused++;
  so.why ||= problem?.message ?? "";
  return !problem || problem.away || problem.status === 401 || problem.status === 403;
}

/** Says what became of them. */
export function told({ dropped, refused, left, unknown, why }: Dropped): string {
  const parts = [`${count(dropped, "issue")} dropped`];
  if (refused > 0) parts.push(`${grouped(refused)} refused`);
  if (left > 0) parts.push(`${grouped(left)} left as they are`);
  if (unknown > 0) parts.push(`of ${grouped(unknown)} it is not known`);
  return `${parts.join(", ")}.${why && ` ${why}`}`;
}
