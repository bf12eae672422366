import { Problem } from "../api/problem";

/** What is asked for may be under way, or done, whatever became of the answer. */
const perhapsDone = "It may have been done all the same: look at how things are before you try again.";

/** What was asked for and not waited for until it was answered. */
export const givenUp = () => new Problem(0, "You stopped waiting.");

/** Says what to do about a problem, beside the server's own words; empty if those say it. `changes` tells that something was to be changed. */
export function adviceOf({ status, away }: Pick<Problem, "status" | "away">, changes: boolean): string {
  if (away) return changes ? perhapsDone : "";
  if (status === 401) return "Sign in again; what you typed stays here.";
  if (status === 403) return "Ask somebody who has the role for it.";
  if (status === 404 || status === 409) return "What is shown is being read anew: look at how it is now.";
  if (status === 400 || status === 422) return changes ? "Mend that, and try again." : "";
  if (status === 429) return "Wait a moment, and try again.";
  if (status >= 500) return "Try again; if it stays so, tell who runs the server.";
  return "";
}

/** Says what is wrong, in the server's words, and what to do about it. */
export const told = (problem: Problem, changes: boolean) => [sentence(problem.message), adviceOf(problem, changes)].filter(Boolean).join(" ");

const sentence = (words: string) => (/[.!?:…]$/.test(words) ? words : `${words}.`);
