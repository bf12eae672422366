import { useEffect, useState } from "preact/hooks";

/** A value that changes, and that parts of the page show. */
export interface Store<T> {
  get(): T;
  set(value: T): void;
  subscribe(listener: () => void): () => void;
}

export function store<T>(value: T): Store<T> {
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      listeners.forEach((listener) => listener());
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** Gives the value, and has the component drawn again when it changes. */
export function useStore<T>(source: Store<T>): T {
  const [value, show] = useState(source.get());
  useEffect(() => {
    const update = () => show(() => source.get());
    update();
    return source.subscribe(update);
  }, [source]);
  return value;
}
