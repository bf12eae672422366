import { call, type Options, Problem } from "../api/call";
import { changed } from "../live/resource";
import { givenUp, told } from "./advice";
import { dismiss, toast } from "./toast";
import { slow } from "./waiting";

export interface ActOptions extends Options {
  /** What is shown of it is read anew; undefined: of all. */
  monitor?: string;
}

/** Changes something on the server, tells that it is done, and has what is shown of the monitor read anew. For deeds that a form waits for. */
export async function perform<T>(done: string, method: string, path: string, options: ActOptions = {}): Promise<T> {
  try {
    const answer = await call<T>(method, path, options);
    toast("done", done);
    changed(options.monitor);
    return answer;
  } catch (error) {
    // Somebody was faster, or a run: what is shown is no longer so. Without an answer, nobody knows.
    if (!(error instanceof Problem) || error.away || error.status === 409 || error.status === 404) changed(options.monitor);
    throw error;
  }
}

/**
 * The same for a button without a form: what goes wrong is told, and waiting for a server
 * that does not answer can be ended. The result is undefined if it did not go well.
 */
export async function act<T>(done: string, method: string, path: string, options: ActOptions = {}): Promise<T | undefined> {
  const ending = new AbortController();
  let waiting = 0;
  const timer = setTimeout(() => {
    waiting = toast("waiting", "The server has not answered yet.", { name: "Stop waiting", press: () => ending.abort() });
  }, slow);
  try {
    return (await perform<T>(done, method, path, { ...options, signal: ending.signal })) ?? ({} as T);
  } catch (error) {
    const problem = ending.signal.aborted ? givenUp() : (error as Problem);
    if (problem.status !== 401) toast("failed", [told(problem, true), ...problem.details].join(" "));
    return undefined;
  } finally {
    clearTimeout(timer);
    dismiss(waiting);
  }
}
