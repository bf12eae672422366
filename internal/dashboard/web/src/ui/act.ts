import { call, type Options, Problem } from "../api/call";
import { changed } from "../live/resource";
import { toast } from "./toast";

/**
 * Changes something on the server, tells what became of it, and has what is shown
 * of the monitor read anew. The result is undefined if it was refused.
 */
export async function act<T>(done: string, method: string, path: string, options?: Options & { monitor?: string }): Promise<T | undefined> {
  try {
    const answer = await call<T>(method, path, options);
    toast("done", done);
    changed(options?.monitor);
    return answer ?? ({} as T);
  } catch (error) {
    const problem = error as Problem;
    if (problem.status !== 401) toast("failed", [problem.message, ...problem.details].join(" "));
    // Somebody was faster, or a run: what is shown is no longer so.
    if (problem.status === 409 || problem.status === 404) changed(options?.monitor);
    return undefined;
  }
}
