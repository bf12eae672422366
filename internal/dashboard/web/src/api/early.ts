declare global {
  /** Answers to what was asked for early, by path. */
  var early: Map<string, Promise<Response>> | undefined;
}

export const askedEarly = (path: string) => globalThis.early?.has(path) ?? false;

/** Gives the answer to what was asked for early, once: it gets old. */
export function takeEarly(path: string): Promise<Response> | undefined {
  const answer = globalThis.early?.get(path);
  globalThis.early?.delete(path);
  return answer;
}

/** Forgets what was asked for early: it was answered to somebody else. */
export const forgetEarly = () => globalThis.early?.clear();
