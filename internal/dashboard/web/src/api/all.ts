import { get, type Options } from "./call";
import type { Page } from "./types";

/** A list, put together of its parts. */
export interface Whole<T> {
  items: T[];
  /** Whether that is all there is. */
  complete: boolean;
}

/** How many parts of a list are read, of 1,000 each. */
const most = 20;

/** Reads a list to its end. The path has parameters, at least its limit. */
export async function readAll<T>(path: string, options: Options): Promise<Whole<T>> {
  const items: T[] = [];
  let cursor: string | null = null;
  for (let part = 0; part < most; part++) {
    const page: Page<T> = await get<Page<T>>(cursor ? `${path}&cursor=${encodeURIComponent(cursor)}` : path, options);
    items.push(...page.items);
    cursor = page.next_cursor;
    if (!cursor) return { items, complete: true };
  }
  return { items, complete: false };
}
