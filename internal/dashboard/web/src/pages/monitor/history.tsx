import { useMemo } from "preact/hooks";
import { path } from "../../api/call";
import type { Activity } from "../../api/types";
import { useResource } from "../../live/resource";
import { href, useRoute } from "../../route";
import { Loaded } from "../../ui/basics";
import { Chart, type Series } from "../../ui/chart";
import type { TabProps } from "./tabs";

const hour = 3600, day = 24 * hour;

interface Range {
  name: string;
  words: string;
  /** Seconds of a bucket, and how many there are. */
  step: number;
  buckets: number;
}

const ranges: Record<string, Range> = {
  "24h": { name: "24 h", words: "the last 24 hours", step: hour / 2, buckets: 48 },
  "7d": { name: "7 d", words: "the last 7 days", step: 4 * hour, buckets: 42 },
  "30d": { name: "30 d", words: "the last 30 days", step: day / 2, buckets: 60 },
  "90d": { name: "90 d", words: "the last 90 days", step: day, buckets: 90 },
};
const first: Range = { name: "24 h", words: "the last 24 hours", step: hour / 2, buckets: 48 };

/** How many issues were active, and how they came and went. */
export function History({ monitor: { name }, query }: TabProps) {
  const range = ranges[query.get("range") ?? ""] ?? first;
  const activity = useResource<Activity>(path(["activity"], { monitor: name, step: range.step, buckets: range.buckets }), { monitor: name });
  return (
    <section>
      <div class="head"><h2>History</h2><Ranges name={name} at={range} /></div>
      <Loaded of={activity}>{(data) => <Charts activity={data} range={range} />}</Loaded>
    </section>
  );
}

function Ranges({ name, at }: { name: string; at: Range }) {
  const { query } = useRoute();
  const others = Object.fromEntries([...query].filter(([key]) => key !== "range"));
  return (
    <nav class="chips" aria-label="Time that the history shows">
      {Object.entries(ranges).map(([key, range]) => (
        <a key={key} class="button chip" href={href(["monitors", name], { ...others, range: key === "24h" ? undefined : key })} aria-current={range.name === at.name ? "true" : undefined}>{range.name}</a>
      ))}
    </nav>
  );
}

function Charts({ activity, range }: { activity: Activity; range: Range }) {
  const { times, active, flow } = useMemo(() => seriesOf(activity), [activity]);
  return (
    <div class="card">
      <Chart label={`Active issues in ${range.words}`} times={times} step={activity.step} series={active} />
      <Chart label={`Issues created, solved and dropped in ${range.words}`} times={times} step={activity.step} series={flow} />
    </div>
  );
}

function seriesOf({ from, step, buckets, monitors: [numbers] }: Activity) {
  const begin = Date.parse(from) / 1000;
  const none = Array<number>(buckets).fill(0);
  const { active, created, solved, dropped } = numbers ?? { active: none, created: none, solved: none, dropped: none };
  const line: Series[] = [{ name: "active", values: active, colour: "--bad", shape: "area" }];
  // What ended stands beside what began: those that were dropped on top of those that were solved.
  const bars: Series[] = [
    { name: "created", values: created, colour: "--p2", shape: "left" },
    { name: "dropped", values: dropped, colour: "--off", shape: "right", on: solved },
    { name: "solved", values: solved, colour: "--ok", shape: "right" },
  ];
  return { times: active.map((_, i) => begin + i * step), active: line, flow: bars };
}
