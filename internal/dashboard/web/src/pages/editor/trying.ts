import { useEffect, useRef, useState } from "preact/hooks";
import { call, path, type Problem } from "../../api/call";
import type { components } from "../../api/schema";
import type { Diagnostic, Preview } from "../../api/types";
import type { Files } from "./files";
import type { Desk } from "./workspace";

export type TestReport = components["schemas"]["TestReport"];
type Task = "search" | "update";

/** Something that the server does with the files, which takes a while and can be cancelled. */
export interface Work<T> {
  running: boolean;
  /** When it began, in milliseconds of this machine. */
  since: number;
  /** How long the last one took that ended, in milliseconds. */
  took: number;
  result: T | undefined;
  /** The files that the result is of. */
  of: Files | undefined;
  problem: Problem | undefined;
  start: () => Promise<void>;
  cancel: () => void;
}

export interface Trying extends Work<Preview> {
  /** Which tasks run; all that the monitor can do, if there are none. */
  tasks: readonly Task[];
  setTasks: (tasks: readonly Task[]) => void;
}

/** The server bounds it itself, and whoever waits can cancel. */
const patience = 3_600_000;

/** Runs the files for real, without writing anything. */
export function useTrying(desk: Desk, found: (list: readonly Diagnostic[]) => void): Trying {
  const [tasks, setTasks] = useState<readonly Task[]>([]);
  const work = useWork<Preview>(desk, found, "try", tasks.length > 0 ? { tasks } : {});
  return { ...work, tasks, setTasks };
}

/** Runs the tests in the files. */
export const useTesting = (desk: Desk, found: (list: readonly Diagnostic[]) => void): Work<TestReport> => useWork<TestReport>(desk, found, "test", {});

type State<T> = Omit<Work<T>, "start" | "cancel">;

function useWork<T extends { diagnostics: Diagnostic[] }>(desk: Desk, found: (list: readonly Diagnostic[]) => void, what: "try" | "test", more: object): Work<T> {
  const [state, setState] = useState<State<T>>({ running: false, since: 0, took: 0, result: undefined, of: undefined, problem: undefined });
  const ending = useRef<AbortController | undefined>(undefined);
  useEffect(() => () => ending.current?.abort(), []);
  const start = async () => {
    ending.current?.abort();
    const own = new AbortController();
    ending.current = own;
    const since = Date.now();
    const { monitor, files } = desk.get();
    setState((before) => ({ ...before, running: true, since, problem: undefined }));
    try {
      const result = await call<T>("POST", path([what]), { body: { name: monitor, files, ...more }, signal: own.signal, patience });
      if (own.signal.aborted) return;
      setState({ running: false, since, took: Date.now() - since, result, of: files, problem: undefined });
    } catch (error) {
      if (own.signal.aborted) return;
      const problem = error as Problem;
      if (problem.diagnostics.length > 0 && desk.get().files === files) found(problem.diagnostics);
      setState((before) => ({ ...before, running: false, problem }));
    }
  };
  const cancel = () => {
    ending.current?.abort();
    setState((before) => ({ ...before, running: false }));
  };
  return { ...state, start, cancel };
}
