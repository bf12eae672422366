import { useEffect, useRef, useState } from "preact/hooks";
import { call, path } from "../../api/call";
import type { Alert, Issue } from "../../api/types";
import { changed } from "../../live/resource";
import { confirm } from "../../ui/dialog";
import { toast } from "../../ui/toast";
import { count } from "../../words";
import { dropAll, type Dropped, told } from "./dropall";

/** Drops the issues that are selected, and shows how far it is. */
export function Drop({ alert, issues, done }: { alert: Alert; issues: readonly Issue[]; done: () => void }) {
  const [progress, setProgress] = useState<Dropped & { of: number }>();
  const stop = useRef<AbortController>(undefined);
  // Who leaves the page does not take back what they asked for, but nothing more is asked for them either.
  useEffect(() => () => stop.current?.abort(), []);
  const start = async () => {
    const given = await confirm({
      title: `Drop ${count(issues.length, "issue")} of alert ${alert.id}`, yes: "Drop", comment: true, dangerous: true,
      text: "Dropped issues count no longer. A later search finds them again if they are still there, unless the monitor makes an issue of each only once.",
    });
    if (!given) return;
    const ending = (stop.current = new AbortController());
    const drop = (id: number) => call("POST", path(["issues", id, "drop"]), { body: { comment: given.comment } });
    const result = await dropAll(issues.map((issue) => issue.id), drop, ending.signal, (so) => setProgress({ ...so, of: issues.length }));
    setProgress(undefined);
    toast(result.refused > 0 || result.left > 0 ? "failed" : "done", told(result));
    changed(alert.monitor);
    done();
  };
  if (progress) {
    return (
      <span class="actions" role="status">
        <progress aria-label="Dropping" max={progress.of} value={progress.dropped + progress.refused} />
        {(progress.dropped + progress.refused).toLocaleString("en")} of {count(progress.of, "issue")}
        <button type="button" onClick={() => stop.current?.abort()}>Stop</button>
      </span>
    );
  }
  if (issues.length === 0) return null;
  return <button type="button" onClick={start}>Drop {count(issues.length, "issue")} …</button>;
}
