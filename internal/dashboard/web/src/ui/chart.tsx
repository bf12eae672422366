import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Drawing } from "./chartdraw";
import { grouped, moment } from "../words";
import "uplot/dist/uPlot.min.css";
import "./chart.css";

export interface Series {
  name: string;
  values: readonly number[];
  /** A colour of the theme, by the name of its CSS property. */
  colour: string;
  /** An area below a line, or bars to the left or right of the time. */
  shape: "area" | "left" | "right";
  /** Values that these stand on; the other series is drawn over them. */
  on?: readonly number[];
}

export interface ChartProps {
  /** What it shows, in words. */
  label: string;
  /** Where the buckets begin, in seconds since 1970. */
  times: readonly number[];
  /** How long a bucket is, in seconds. */
  step: number;
  series: readonly Series[];
}

/** Draws numbers over time; the same figures are there as a table. What draws is loaded when it is first needed. */
export function Chart({ label, times, step, series }: ChartProps) {
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const shown = useMemo(() => series.filter(({ name }) => !hidden.has(name)), [series, hidden]);
  const toggle = (name: string) => setHidden(hidden.has(name) ? new Set([...hidden].filter((one) => one !== name)) : new Set([...hidden, name]));
  return (
    <figure class="chart">
      <figcaption>
        {label}
        <span class="legend">
          {series.map(({ name, colour, values }) => (
            <button key={name} type="button" class="quiet" aria-pressed={!hidden.has(name)} onClick={() => toggle(name)}>
              <span class="swatch" aria-hidden="true" style={{ background: `var(${colour})` }} />{name} <span class="soft">{summary(name, values)}</span>
            </button>
          ))}
        </span>
      </figcaption>
      <Picture times={times} step={step} series={shown} />
      <Figures label={label} times={times} series={series} />
    </figure>
  );
}

/** What is active is counted now; what happens is counted in all. */
function summary(name: string, values: readonly number[]): string {
  const number = name === "active" ? (values.at(-1) ?? 0) : values.reduce((sum, value) => sum + value, 0);
  return grouped(number);
}

function Picture({ times, step, series }: Omit<ChartProps, "label">) {
  const place = useRef<HTMLDivElement>(null);
  const drawing = useRef<Drawing | undefined>(undefined);
  const latest = useRef({ times, step, series });
  const [failed, setFailed] = useState(false);
  const [pointed, setPointed] = useState<number>();
  latest.current = { times, step, series };
  useEffect(() => {
    let gone = false;
    import("./chartdraw").then(({ draw }) => {
      if (gone || !place.current) return;
      drawing.current = draw(place.current, setPointed);
      drawing.current.show(latest.current);
    }, () => setFailed(true));
    return () => {
      gone = true;
      drawing.current?.end();
      drawing.current = undefined;
    };
  }, []);
  useEffect(() => drawing.current?.show({ times, step, series }), [times, step, series]);
  const time = pointed === undefined ? undefined : times[pointed];
  return (
    <div aria-hidden="true">
      <div class="picture" ref={place}>{failed && <p class="soft">The chart could not be loaded; the figures below are complete.</p>}</div>
      <p class="pointed soft">
        {pointed !== undefined && time !== undefined && `${moment(new Date(time * 1000))}: ${series.map(({ name, values }) => `${grouped(values[pointed] ?? 0)} ${name}`).join(", ")}`}
      </p>
    </div>
  );
}

function Figures({ label, times, series }: Omit<ChartProps, "step">) {
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Figures as a table</summary>
      {open && (
        <div class="figures" role="region" aria-label={label} tabIndex={0}>
          <table>
            <thead><tr><th scope="col">From</th>{series.map(({ name }) => <th key={name} scope="col" class="number">{name}</th>)}</tr></thead>
            <tbody>
              {times.map((time, i) => (
                <tr key={time}>
                  <th scope="row">{moment(new Date(time * 1000))}</th>
                  {series.map(({ name, values }) => <td key={name} class="number">{grouped(values[i] ?? 0)}</td>)}
                </tr>
              )).reverse()}
            </tbody>
          </table>
        </div>
      )}
    </details>
  );
}
