// Small things that stand in many places.
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Problem } from "../api/call";
import type { Alert, Monitor } from "../api/types";
import { useNow } from "../live/clock";
import type { Resource } from "../live/resource";
import { useStore } from "../live/store";
import { connection } from "../live/stream";
import { ago, duration, instant, moment, priorities } from "../words";
import { told } from "./advice";

/** Says how long ago a time of the server was, and the time itself to who points at it. */
export function Ago({ time, never = "never" }: { time: string | null | undefined; never?: string }) {
  const now = useNow();
  return time ? <time dateTime={time} onPointerEnter={saying(() => exact(time))}>{ago(now - Date.parse(time))}</time> : <>{never}</>;
}

/** Says how long something lasts since a time: 3 h 20 min. */
export function Age({ since, until }: { since: string; until?: string | null }) {
  const now = useNow();
  return <time dateTime={since} onPointerEnter={saying(() => `since ${exact(since)}`)}>{duration((until ? Date.parse(until) : now) - Date.parse(since))}</time>;
}

/** Says when something is due. */
export function Ahead({ time, never = "–" }: { time: string | null; never?: string }) {
  const now = useNow();
  if (!time) return <>{never}</>;
  const left = Date.parse(time) - now;
  return <time dateTime={time} onPointerEnter={saying(() => exact(time))}>{left < 1000 ? "due" : `in ${duration(left)}`}</time>;
}

/** Writes a time of the server, and the time zone it is written in to who points at it. */
export const At = ({ time }: { time: string }) => (
  <time dateTime={time} onPointerEnter={saying(() => exact(time))}>{moment(new Date(time))}</time>
);

const exact = (time: string) => instant(new Date(time));

/** Says more to who points at something. It is not written before: times are many, and drawn again each second. */
const saying = (words: () => string) => ({ currentTarget }: { currentTarget: HTMLElement }) => {
  currentTarget.title = words();
};

export function Priority({ of }: { of: number }) {
  return <span class={`priority p${of}`}>{priorities[of]}</span>;
}

export const Health = ({ of }: { of: Monitor["health"] }) => <span class={`health ${of}`}>{of}</span>;

export const Tag = ({ children, title }: { children: ComponentChildren; title?: string }) => <span class="tag" title={title}>{children}</span>;

/** What people have done about an alert, and whether it is silenced. */
export function AlertTags({ alert }: { alert: Alert }) {
  return (
    <>
      {alert.status === "solved" && <Tag>solved</Tag>}
      {alert.is_priority_acknowledged && <Tag>acknowledged</Tag>}
      {alert.acknowledged && !alert.is_priority_acknowledged && (
        <Tag title="It became worse since, and needs another look.">acknowledged at {priorities[alert.acknowledge_priority ?? 0]}</Tag>
      )}
      {alert.locked && <Tag title="New issues go to another alert.">locked</Tag>}
      {alert.silenced && <Tag title="Nobody is notified of it.">silenced</Tag>}
    </>
  );
}

/** Says what is wrong, in the server's words, and what to do about it. `changes`: something was to be changed. */
export function Failure({ problem, retry, changes = false }: { problem: Problem; retry?: () => void; changes?: boolean }) {
  return (
    <div class="failure" role="alert">
      <p>{told(problem, changes)}</p>
      {problem.details.length > 0 && <ul>{problem.details.map((line) => <li key={line}>{line}</li>)}</ul>}
      {retry && <button type="button" onClick={retry}>Try again</button>}
    </div>
  );
}

export const Empty = ({ children }: { children: ComponentChildren }) => <p class="empty">{children}</p>;

/** Shows what was read; until then that it is being read; and if it cannot be, why. What was read before stays. */
export function Loaded<T>({ of, children }: { of: Resource<T>; children: (data: T) => ComponentChildren }) {
  if (of.data !== undefined) return <>{of.problem && <Old of={of.problem} at={of.at} />}{children(of.data)}</>;
  if (of.problem) return <Failure problem={of.problem} retry={of.reload} />;
  return <p class="loading" role="status">Loading …</p>;
}

/** After that many milliseconds, what cannot be read anew counts as old. */
const old = 25_000;

/** Says that what is shown is old, and why. While the connection is lost, the whole page says so. */
function Old({ of, at }: { of: Problem; at: number }) {
  useNow();
  const { state } = useStore(connection);
  const age = Date.now() - at;
  if (state !== "live" || age < old) return null;
  return <p class="bad" role="status">This is old, and cannot be read anew: {told(of, false)} <span aria-hidden="true">It was read {duration(age)} ago.</span></p>;
}

/**
 * Does something that takes a while when it is pressed; meanwhile pressing it does
 * nothing. It is not disabled then: it would lose the focus, and a dialog that asks
 * first could not give it back.
 */
export function Action({ children, run, kind, title, disabled }: {
  children: ComponentChildren; run: () => Promise<unknown>; kind?: "strong" | "danger" | "quiet"; title?: string; disabled?: boolean;
}) {
  const [busy, setBusy] = useState(false);
  const press = async () => {
    if (busy) return;
    setBusy(true);
    await run().finally(() => setBusy(false));
  };
  return <button type="button" class={kind} title={title} disabled={disabled} aria-disabled={busy || disabled} aria-busy={busy} onClick={press}>{children}</button>;
}
