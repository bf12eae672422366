import { useEffect, useRef, useState } from "preact/hooks";
import { call, path } from "../../api/call";
import type { Alert, Issue } from "../../api/types";
import { changed } from "../../live/resource";
import { confirm } from "../../ui/dialog";
import { toast } from "../../ui/toast";
import { count, grouped } from "../../words";
import { dropAll, told } from "./dropall";

/** Drops the issues that are selected, and shows how far it is. `done` is told whether all were. */
export function Drop({ alert, issues, done }: { alert: Alert; issues: readonly Issue[]; done: (all: boolean) => void }) {
  const [progress, setProgress] = useState<{ left: number; of: number }>();
  const stop = useRef<AbortController>(undefined);
  // The comment is there again for those that were not dropped.
  const words = useRef("");
  // Who leaves the page does not take back what they asked for, but nothing more is asked for them either.
  useEffect(() => () => stop.current?.abort("left"), []);
  const start = async () => {
    const given = await confirm({
      title: `Drop ${count(issues.length, "issue")} of alert ${alert.id}`, yes: "Drop", comment: true, words: words.current, dangerous: true,
      text: "Dropped issues count no longer. A later search finds them again if they are still there, unless the monitor makes an issue of each only once.",
    });
    if (!given) return;
    words.current = given.comment;
    const ending = (stop.current = new AbortController()), waiting = new AbortController();
    ending.signal.addEventListener("abort", () => { if (ending.signal.reason !== "left") waiting.abort(); });
    const drop = (id: number) => call("POST", path(["issues", id, "drop"]), { body: { comment: given.comment }, signal: waiting.signal });
    const heard = (so: { left: number }) => setProgress({ left: so.left, of: issues.length });
    heard({ left: issues.length });
    const result = await dropAll(issues.map((issue) => issue.id), drop, ending.signal, heard);
    setProgress(undefined);
    const all = result.dropped === issues.length;
    toast(all ? "done" : "failed", told(result));
    changed(alert.monitor);
    if (all) words.current = "";
    done(all);
  };
  if (progress) {
    return (
      <span class="actions" role="status">
        <progress aria-label="Dropping" max={progress.of} value={progress.of - progress.left} />
        {grouped(progress.of - progress.left)} of {count(progress.of, "issue")}
        <button type="button" onClick={() => stop.current?.abort()}>Stop</button>
      </span>
    );
  }
  if (issues.length === 0) return null;
  return <button type="button" onClick={start}>Drop {count(issues.length, "issue")} …</button>;
}
