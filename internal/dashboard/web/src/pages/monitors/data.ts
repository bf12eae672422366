import { useMemo } from "preact/hooks";
import { readAll, type Whole } from "../../api/all";
import { path } from "../../api/call";
import type { Activity, Monitor } from "../../api/types";
import { type Resource, useResource } from "../../live/resource";

const all = path(["monitors"], { limit: 1000 });
const lastDay = path(["activity"], { step: 3600, buckets: 24 });

/** The list is large, so it is not read at each event. */
const pause = 5000;
/** Its line changes little in a minute. */
const minute = 60_000;

/** All monitors, once they are needed. */
export const useMonitors = (needed = true): Resource<Whole<Monitor>> =>
  useResource<Whole<Monitor>>(needed ? all : undefined, { read: readAll, pause });

/** How many issues were active in each hour of the last day, by the monitor's name. */
export function useLastDay(needed = true): ReadonlyMap<string, number[]> | undefined {
  const { data } = useResource<Activity>(needed ? lastDay : undefined, { pause: minute, every: minute });
  return useMemo(() => data && new Map(data.monitors.map(({ monitor, active }) => [monitor, active ?? []])), [data]);
}
