// Draws charts by uPlot: it is loaded only where there is one.
import uPlot from "uplot";
import type { ChartProps, Series } from "./chart";
import { compact } from "../words";

export interface Drawing {
  show: (what: Omit<ChartProps, "label">) => void;
  end: () => void;
}

const height = 150;
const barsOf = uPlot.paths.bars;

/** Draws into an element, in its width and in the colours of the theme. It tells which bucket is pointed at. */
export function draw(place: HTMLElement, onPoint: (index: number | undefined) => void): Drawing {
  let chart: uPlot | undefined;
  let shown: Omit<ChartProps, "label"> = { times: [], step: 1, series: [] };
  const again = () => {
    chart?.destroy();
    const width = place.clientWidth;
    chart = width > 0 ? new uPlot(options(place, width, shown, onPoint), dataOf(shown), place) : undefined;
  };
  const size = new ResizeObserver(() => {
    const width = place.clientWidth;
    if (width > 0 && width !== chart?.width) again();
  });
  size.observe(place);
  // The theme is an attribute of the page, or what the system is set to.
  const theme = new MutationObserver(again);
  theme.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  const system = matchMedia("(prefers-color-scheme: dark)");
  system.addEventListener("change", again);
  return {
    show(what) {
      const same = chart && key(what) === key(shown);
      shown = what;
      if (same) chart?.setData(dataOf(what));
      else again();
    },
    end() {
      size.disconnect();
      theme.disconnect();
      system.removeEventListener("change", again);
      chart?.destroy();
    },
  };
}

/** What decides how a chart is made, apart from its numbers. */
const key = ({ series, step }: Omit<ChartProps, "label">) => `${step} ${series.map(({ name }) => name).join()}`;

const dataOf = ({ times, step, series }: Omit<ChartProps, "label">): uPlot.AlignedData =>
  // A bucket stands at its middle.
  [times.map((time) => time + step / 2), ...series.map(({ values, on }) => values.map((value, i) => value + (on?.[i] ?? 0)))];

function options(place: HTMLElement, width: number, { series, step }: Omit<ChartProps, "label">, onPoint: (index: number | undefined) => void): uPlot.Options {
  const style = getComputedStyle(place);
  const colour = (name: string) => style.getPropertyValue(name);
  const axis: uPlot.Axis = {
    stroke: colour("--soft"), font: "12px system-ui, sans-serif",
    grid: { stroke: colour("--line"), width: 1 }, ticks: { stroke: colour("--line"), width: 1 },
  };
  return {
    width, height, legend: { show: false }, cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
    // The outermost buckets are seen whole. Issues come in whole numbers, from 0 on.
    scales: { x: { range: (_chart, first, last) => [first - step / 2, last + step / 2] }, y: { range: (_chart, _low, high) => [0, Math.max(4, Math.ceil(high * 1.08))] } },
    axes: [
      { ...axis, values: [...times] },
      { ...axis, size: 56, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 1e6, 1e7], values: (_chart, splits) => splits.map((value) => compact(value)) },
    ],
    series: [{}, ...series.map((one) => shape(one, colour(one.colour)))],
    hooks: { setCursor: [({ cursor }) => onPoint(cursor.idx ?? undefined)] },
  };
}

/** How times are written, by the step between them: in 24 hours, and days as people write them here. */
const times: (string | number | null)[][] = [
  [86_400 * 28, "{MMM} {YYYY}", null, null, null, null, null, null, 1],
  [86_400, "{D} {MMM}", null, null, null, null, null, null, 1],
  [60, "{HH}:{mm}", "\n{D} {MMM}", null, "\n{D} {MMM}", null, null, null, 1],
];

function shape({ shape, name }: Series, colour: string): uPlot.Series {
  if (shape === "area") return { label: name, stroke: colour, width: 2, fill: `color-mix(in srgb, ${colour} 18%, transparent)`, points: { show: false } };
  const paths = barsOf?.({ align: shape === "left" ? -1 : 1, size: [0.38, 24] });
  return { label: name, stroke: colour, fill: colour, width: 0, points: { show: false }, ...(paths && { paths }) };
}
