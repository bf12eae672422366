import { observeWindowOffset, observeWindowRect, type VirtualItem, Virtualizer, windowScroll } from "@tanstack/virtual-core";
import { useLayoutEffect, useState } from "preact/hooks";
import { usePainted } from "./painted";

/** The part of a long list that is drawn, and how high what is left out is, in pixels. */
export interface Visible {
  /** From 0, in order. */
  indexes: number[];
  before: number;
  after: number;
  /** Has an element measured that has its index in data-index. */
  measure: (element: Element | null) => void;
}

/** Lists that are no longer than that are drawn whole: the browser's own search finds everything. */
const whole = 60;
/** How many rows are drawn above and below what is seen. */
const around = 6;

interface Options {
  keyOf: (index: number) => string | number;
  /** How high a row is that has not been measured yet, in pixels. */
  height: number;
}

/** Finds out which rows of a list can be seen. The list scrolls with the page; `list` is the element that holds its rows. */
export function useVisible(list: { current: Element | null }, count: number, { keyOf, height }: Options): Visible {
  const [, draw] = useState({});
  const painted = usePainted();
  const all = count <= whole;
  // Measuring takes long, and about what can be seen is known without: it is drawn first.
  const known = !all && painted;
  const offset = useOffset(list, known);
  const options = {
    count: known ? count : 0,
    getScrollElement: () => window,
    estimateSize: () => height,
    getItemKey: keyOf,
    observeElementRect: observeWindowRect,
    observeElementOffset: observeWindowOffset,
    scrollToFn: windowScroll,
    initialRect: { width: window.innerWidth, height: window.innerHeight },
    overscan: around,
    scrollMargin: offset,
    onChange: () => draw({}),
  };
  const [rows] = useState(() => new Virtualizer<Window, Element>(options));
  rows.setOptions(options);
  useLayoutEffect(() => (known ? rows._didMount() : undefined), [rows, known]);
  useLayoutEffect(() => {
    if (known) rows._willUpdate();
  });
  if (all) return { indexes: Array.from({ length: count }, (_, i) => i), before: 0, after: 0, measure: ignore };
  if (!known) return beginning(count, height);
  const items = rows.getVirtualItems();
  return { indexes: items.map((item) => item.index), ...spaces(items, offset, rows.getTotalSize()), measure: rows.measureElement };
}

const ignore = () => {};

/** How much of the window a list has at most, where the page begins with something else. */
const share = 0.75;

/** What of a long list is seen at first. */
function beginning(count: number, height: number): Visible {
  const fits = Math.min(count, Math.ceil((share * window.innerHeight) / height));
  return { indexes: Array.from({ length: fits }, (_, i) => i), before: 0, after: (count - fits) * height, measure: ignore };
}

function spaces(items: VirtualItem[], offset: number, total: number) {
  const first = items[0], last = items[items.length - 1];
  return { before: first ? first.start - offset : 0, after: last ? total - (last.end - offset) : 0 };
}

/** Keeps how far the element is from the top of the page, which changes with what stands above it. */
function useOffset(list: { current: Element | null }, needed: boolean): number {
  const [offset, setOffset] = useState(0);
  useLayoutEffect(() => {
    if (!needed) return undefined;
    const look = () => setOffset(Math.round((list.current?.getBoundingClientRect().top ?? 0) + window.scrollY));
    const observer = new ResizeObserver(look);
    observer.observe(document.body);
    look();
    return () => observer.disconnect();
  }, [list, needed]);
  return offset;
}
