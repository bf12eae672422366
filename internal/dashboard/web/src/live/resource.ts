import { useCallback, useLayoutEffect, useState } from "preact/hooks";
import { get, type Options, Problem } from "../api/call";
import { onEvent } from "./stream";

/** What the server holds at a path, kept up to date while it is shown. */
export interface Resource<T> {
  data: T | undefined;
  /** Why it could not be read last time; what was read before stays in `data`. */
  problem: Problem | undefined;
  /** When `data` was read, in milliseconds of this machine. */
  at: number;
  /** Reads it anew. */
  reload: () => void;
}

/** Not everything that changes makes an event: after that many milliseconds it is read again anyway. */
const interval = 10_000;
/** Events come in crowds: it is read at most once in that many milliseconds. */
const breath = 1000;

/** Keeps what was read last, so that who goes back sees something at once. */
const kept = new Map<string, { data: unknown; at: number }>();
const keptMost = 100;

function keep(path: string, data: unknown) {
  kept.delete(path);
  kept.set(path, { data, at: Date.now() });
  const [oldest] = kept.keys();
  if (kept.size > keptMost && oldest) kept.delete(oldest);
}

const primed = new Set<string>();

/** Reads a path that is about to be shown, so that it is there from the beginning. What goes wrong is seen when it is shown. */
export async function prime<T>(path: string, read: (path: string, options: Options) => Promise<T>): Promise<void> {
  try {
    keep(path, await read(path, {}));
    primed.add(path);
  } catch {
    // It is read again.
  }
}

/** Forgets all that was read: another person may see something else. */
export function forget() {
  kept.clear();
  primed.clear();
}

const readers = new Set<(monitor?: string) => void>();

/** Has everything that is shown of a monitor read anew, or everything there is: after an action of one's own. */
export const changed = (monitor?: string) => readers.forEach((reader) => reader(monitor));

interface Watch<T> {
  /** Only events of this monitor have it read anew; undefined: those of any. */
  monitor?: string | undefined;
  /** Milliseconds between readings without an event; 0: read once only. */
  every?: number;
  /** Milliseconds that pass between readings at least, whatever happens: more for what is large. */
  pause?: number;
  /** How it is read, if not in one piece. The same function each time. */
  read?: (path: string, options: Options) => Promise<T>;
}

/** Reads a path and keeps it up to date. Without a path, nothing is read. */
export function useResource<T>(path: string | undefined, watch: Watch<T> = {}): Resource<T> {
  const { monitor, every = interval, pause = breath, read: readPath = get } = watch;
  const [, draw] = useState({});
  const [problem, setProblem] = useState<Problem>();
  const [again, setAgain] = useState(0);
  const reload = useCallback(() => setAgain((n) => n + 1), []);

  // Not after the page was painted: who waits for it should not wait for that.
  useLayoutEffect(() => {
    setProblem(undefined);
    if (!path) return undefined;
    const ending = new AbortController();
    let timer = 0, last = kept.get(path)?.at ?? 0, reading = false, wanted = false, missing = false;
    const read = async () => {
      clearTimeout(timer);
      reading = true;
      wanted = false;
      last = Date.now();
      try {
        keep(path, await readPath(path, { signal: ending.signal }));
        setProblem(undefined);
        missing = false;
      } catch (error) {
        if (ending.signal.aborted) return;
        setProblem(error as Problem);
        missing = (error as Problem).status === 404;
      }
      reading = false;
      draw({});
      if (wanted) soon();
      else if (every && !missing) timer = window.setTimeout(soon, every);
    };
    const soon = () => {
      wanted = true;
      if (reading || document.hidden) return;
      clearTimeout(timer);
      timer = window.setTimeout(read, Math.max(0, last + pause - Date.now()));
    };
    const heard = (name?: string) => {
      if (!monitor || !name || name === monitor) soon();
    };
    const seen = () => {
      if (!document.hidden) soon();
    };
    if (primed.delete(path)) soon();
    else void read();
    // What is not there does not come with the events of others.
    const unhear = every ? onEvent((event) => { if (!missing || event.monitor === monitor) heard(event.monitor); }) : () => {};
    readers.add(heard);
    document.addEventListener("visibilitychange", seen);
    return () => {
      ending.abort();
      clearTimeout(timer);
      unhear();
      readers.delete(heard);
      document.removeEventListener("visibilitychange", seen);
    };
  }, [path, monitor, every, pause, readPath, again]);

  const entry = path ? kept.get(path) : undefined;
  return { data: entry?.data as T | undefined, problem, at: entry?.at ?? 0, reload };
}
