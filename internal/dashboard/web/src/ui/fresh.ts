import { useEffect, useRef, useState } from "preact/hooks";

/** How long what is new is marked, in milliseconds. */
const marked = 10_000;

/** Tells which keys were not there before, for a while. Those that come first are not new. */
export function useFresh(keys: readonly number[] | undefined): ReadonlySet<number> {
  const known = useRef<Set<number> | undefined>(undefined);
  const [fresh, setFresh] = useState<ReadonlySet<number>>(new Set());
  useEffect(() => {
    if (!keys) return;
    const before = known.current;
    known.current = new Set(keys);
    const added = before ? keys.filter((key) => !before.has(key)) : [];
    if (added.length === 0) return;
    setFresh((now) => new Set([...now, ...added]));
    setTimeout(() => setFresh((now) => new Set([...now].filter((key) => !added.includes(key)))), marked);
  }, [keys]);
  return fresh;
}
