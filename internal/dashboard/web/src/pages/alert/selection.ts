import { useMemo, useRef, useState } from "preact/hooks";

/** Which rows of a list are chosen. */
export interface Selection {
  has: (id: number) => boolean;
  /** Those that are chosen and shown, in the order of the list. */
  ids: number[];
  /** Chooses a row or leaves it; `through` does the same with all between it and the last one. */
  toggle: (id: number, through: boolean) => void;
  all: boolean;
  toggleAll: () => void;
  clear: () => void;
}

/** Gives what is chosen after a row was pressed. */
export function pressed(chosen: ReadonlySet<number>, list: readonly number[], id: number, from: number | undefined): Set<number> {
  const next = new Set(chosen);
  const a = from === undefined ? -1 : list.indexOf(from), b = list.indexOf(id);
  const range = a < 0 || b < 0 ? [id] : list.slice(Math.min(a, b), Math.max(a, b) + 1);
  const add = !chosen.has(id);
  for (const one of range) {
    if (add) next.add(one);
    else next.delete(one);
  }
  return next;
}

/** Keeps what is chosen of a list. What is not shown (any more) does not count. */
export function useSelection(list: readonly number[]): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const last = useRef<number>(undefined);
  const ids = useMemo(() => list.filter((id) => chosen.has(id)), [list, chosen]);
  const all = list.length > 0 && ids.length === list.length;
  return {
    has: (id) => chosen.has(id),
    ids,
    toggle: (id, through) => {
      setChosen(pressed(chosen, list, id, through ? last.current : undefined));
      last.current = id;
    },
    all,
    toggleAll: () => setChosen(new Set(all ? [] : list)),
    clear: () => setChosen(new Set()),
  };
}
