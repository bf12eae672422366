import { count, grouped } from "../words";
import "./sparkline.css";

const width = 96, height = 24;

/** Puts values on a line: x from left to right, y upside down as SVG has it, 0 at the bottom. */
export function points(values: readonly number[]): string {
  const top = Math.max(...values, 1);
  const step = width / Math.max(values.length - 1, 1);
  return values.map((value, i) => `${(i * step).toFixed(1)},${(height - 1 - (value / top) * (height - 3)).toFixed(1)}`).join(" ");
}

/** Says what the line shows. */
export function inWords(values: readonly number[], what: string, time: string): string {
  const most = Math.max(...values, 0);
  if (most === 0) return `no ${what}s in the last ${time}`;
  return `${count(values[values.length - 1] ?? 0, what)} now, at most ${grouped(most)} in the last ${time}`;
}

/** A small line of how a number was over time. */
export function Sparkline({ values, what, time }: { values: readonly number[] | undefined; what: string; time: string }) {
  const line = points(values && values.length > 1 ? values : [0, 0]);
  const words = inWords(values ?? [], what, time);
  return (
    <svg class={values ? "sparkline" : "sparkline still"} viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img" aria-label={words}>
      <title>{words}</title>
      {values && <polygon points={`0,${height} ${line} ${width},${height}`} />}
      <polyline points={line} />
    </svg>
  );
}
