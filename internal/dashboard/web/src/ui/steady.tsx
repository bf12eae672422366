import { useEffect, useRef, useState } from "preact/hooks";
import { count } from "../words";
import "./steady.css";

/** How long the rows stay where they are after the pointer or a key was moved over them, in milliseconds. */
const patience = 5000;

type Key = string | number;

export interface Steady<T> {
  rows: readonly T[];
  /** Rows that are shown although they are not there any more. */
  gone: ReadonlySet<Key>;
  /** How many rows are there that are not shown yet. */
  coming: number;
}

/** Arranges the newest rows where those that are shown stand. */
export function inPlace<T>(shown: readonly T[], newest: readonly T[], keyOf: (row: T) => Key): Steady<T> {
  const byKey = new Map(newest.map((row) => [keyOf(row), row]));
  const gone = new Set<Key>();
  const rows = shown.map((row) => {
    const now = byKey.get(keyOf(row));
    if (now === undefined) gone.add(keyOf(row));
    return now ?? row;
  });
  return { rows, gone, coming: newest.length - (shown.length - gone.size) };
}

const none: ReadonlySet<Key> = new Set();

/**
 * Keeps rows where they are while somebody is about to press something in them:
 * they change in place, and are arranged anew once the pointer has left or rests.
 * `holders` go to the element around the rows; another `view` is arranged at once.
 */
export function useSteady<T>(newest: readonly T[], keyOf: (row: T) => Key, view: string) {
  const shown = useRef(newest);
  const seen = useRef(view);
  const timer = useRef(0);
  const [held, hold] = useState(false);
  const release = () => {
    clearTimeout(timer.current);
    hold(false);
  };
  const grasp = () => {
    clearTimeout(timer.current);
    timer.current = window.setTimeout(() => hold(false), patience);
    hold(true);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  const steady = held && seen.current === view ? inPlace(shown.current, newest, keyOf) : { rows: newest, gone: none, coming: 0 };
  shown.current = steady.rows;
  seen.current = view;
  return { ...steady, release, holders: { onPointerMove: grasp, onPointerLeave: release, onKeyDown: grasp } };
}

/** Offers to show the rows that wait until nobody points at the list. It takes no room, so that nothing moves. */
export function Coming({ of, what, show }: { of: number; what: string; show: () => void }) {
  return <p class="coming" role="status">{of > 0 && <button type="button" onClick={show}>{count(of, what)} more: show now</button>}</p>;
}
