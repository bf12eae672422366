import { useMemo } from "preact/hooks";
import type { Monitor, Summary } from "../../api/types";
import { href } from "../../route";
import { Health } from "../../ui/basics";
import { useLastDay } from "../monitors/data";
import { healths, sorted, sortingOf } from "../monitors/filter";
import { None } from "../monitors";
import { MonitorTable } from "../monitors/table";
import { count, grouped } from "../../words";

/** How many monitors are shown here. The others are on their own page. */
const most = 25;

/** The monitors: all if they are few, else those that should be looked at first. */
export function MonitorsOverview({ monitors, counts }: { monitors: readonly Monitor[]; counts: Summary["monitors"] }) {
  const lastDay = useLastDay();
  const first = useMemo(() => sorted(monitors, sortingOf(new URLSearchParams())).slice(0, most), [monitors]);
  return (
    <section aria-labelledby="monitors">
      <div class="head">
        <h2 id="monitors">Monitors</h2>
        <span class="chips">
          {healths.filter((health) => counts[health] > 0).map((health) => (
            <a key={health} class="button chip" href={href(["monitors"], { health })}><Health of={health} /> <b>{grouped(counts[health])}</b></a>
          ))}
        </span>
        {monitors.length > most && <a href={href(["monitors"])}>All {count(monitors.length, "monitor")}</a>}
      </div>
      {monitors.length > 0 ? <MonitorTable label="Monitors to look at first" monitors={first} lastDay={lastDay} /> : <None />}
    </section>
  );
}
