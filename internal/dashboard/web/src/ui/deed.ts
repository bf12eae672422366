import { useEffect, useRef, useState } from "preact/hooks";
import { Problem } from "../api/problem";
import { givenUp } from "./advice";

/** Something that is asked of the server from a form: it may take a while, go wrong, or be given up. The form stays until it went well. */
export interface Deed {
  busy: boolean;
  /** When it began, in milliseconds of this machine. */
  since: number;
  problem: Problem | undefined;
  /** Does it, and tells whether it went well. Nothing happens while another is under way. */
  run: (what: (signal: AbortSignal) => Promise<unknown>) => Promise<boolean>;
  /** Waits no longer. */
  stop: () => void;
  /** Says what is wrong before anything is asked of the server. */
  refuse: (why: string) => void;
}

type State = Pick<Deed, "busy" | "since" | "problem">;

export function useDeed(): Deed {
  const [state, setState] = useState<State>({ busy: false, since: 0, problem: undefined });
  const ending = useRef<AbortController>(undefined);
  // Who closes the form waits no longer either.
  useEffect(() => () => ending.current?.abort(), []);
  const run: Deed["run"] = async (what) => {
    if (ending.current) return false;
    const own = (ending.current = new AbortController());
    setState({ busy: true, since: Date.now(), problem: undefined });
    let problem: Problem | undefined;
    try {
      await what(own.signal);
    } catch (error) {
      problem = own.signal.aborted ? givenUp() : (error as Problem);
    }
    ending.current = undefined;
    setState({ busy: false, since: 0, problem });
    return problem === undefined;
  };
  return {
    ...state, run,
    stop: () => ending.current?.abort(),
    refuse: (why) => setState({ busy: false, since: 0, problem: new Problem(422, why) }),
  };
}
