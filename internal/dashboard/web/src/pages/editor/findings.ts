import { useEffect, useState } from "preact/hooks";
import { call, path, type Problem } from "../../api/call";
import type { Diagnostic } from "../../api/types";
import type { components } from "../../api/schema";
import type { Files } from "./files";

/** What is known of the mistakes in the files. */
export interface Findings {
  /** Of the files as they were checked last, in the order of files and lines. */
  list: readonly Diagnostic[];
  /** checking: what is shown may be old. */
  state: "checking" | "checked" | "failed";
  /** Why they could not be checked. */
  problem: Problem | undefined;
}

/** How long one may pause between letters before the files are checked, in milliseconds. */
const pause = 400;
/** How long to wait before a server that did not answer is asked again, in milliseconds. */
const again = 5000;

const none: Findings = { list: [], state: "checked", problem: undefined };

/** Has the server look for mistakes as one types. Only the answer to what is there now counts. */
export function useFindings(monitor: string, files: Files, enabled: boolean): [Findings, (list: readonly Diagnostic[]) => void] {
  const [findings, setFindings] = useState<Findings>(none);
  useEffect(() => {
    if (!enabled) return undefined;
    const ending = new AbortController();
    setFindings((before) => ({ ...before, state: "checking" }));
    const check = async () => {
      try {
        const validity = await call<components["schemas"]["Validity"]>("POST", path(["validate"]), { body: { name: monitor, files }, signal: ending.signal });
        setFindings({ list: sorted(validity.diagnostics), state: "checked", problem: undefined });
      } catch (error) {
        if (ending.signal.aborted) return;
        setFindings((before) => ({ ...before, state: "failed", problem: error as Problem }));
        timer = setTimeout(check, again);
      }
    };
    let timer = setTimeout(check, pause);
    return () => {
      clearTimeout(timer);
      ending.abort();
    };
  }, [monitor, files, enabled]);
  return [findings, (list) => setFindings({ list: sorted(list), state: "checked", problem: undefined })];
}

export const sorted = (list: readonly Diagnostic[]) => [...list].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.column - b.column));
