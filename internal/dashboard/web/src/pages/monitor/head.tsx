import { path } from "../../api/call";
import type { Monitor } from "../../api/types";
import { useNow } from "../../live/clock";
import { useMay } from "../../live/session";
import { href } from "../../route";
import { act, perform } from "../../ui/act";
import { Action, Ago, Health } from "../../ui/basics";
import { confirm } from "../../ui/dialog";
import { Text } from "../../ui/value";
import { why } from "./health";
import { Progress, refresh, useRefresh } from "./refresh";

/** How it arrived, where that decides what can be done about its code. */
const sources = { folder: "from the monitor folder", example: "an example", api: "" };

/** Names the monitor and says how it is and why; what people may do about it. */
export function Head({ monitor }: { monitor: Monitor }) {
  const { name, health, labels, source, last_proven_at: proven, last_execution: last } = monitor;
  const [followed, follow] = useRefresh(name);
  const now = useNow();
  return (
    <>
      <div class="head monitor-head">
        <h1>{name}</h1>
        <Health of={health} />
        {source !== "api" && <span class="tag">{sources[source]}</span>}
        {Object.entries(labels).map(([key, value]) => (
          <a key={key} class="tag" href={href(["monitors"], { label: `${key}:${value}` })} title="Monitors with this label"><Text of={key} />: <Text of={value} /></a>
        ))}
        <Actions monitor={monitor} onRefresh={async () => follow(await refresh(monitor))} />
      </div>
      <p class="why">
        {why(monitor, now)}{" "}
        {proven !== null || last ? <span class="soft">{proven ? <>The answer was last known <Ago time={proven} />.</> : "The answer was never known."}</span> : null}
      </p>
      {health === "unknown" && last?.error && (
        <p class="why"><a href={href(["executions", last.id])}>Execution {last.id}</a>: <span class="bad as-said"><Text of={last.error} /></span></p>
      )}
      <Progress of={followed} monitor={monitor} onClose={() => follow(undefined)} />
    </>
  );
}

function Actions({ monitor, onRefresh }: { monitor: Monitor; onRefresh: () => Promise<void> }) {
  const { name, enabled, busy, source } = monitor;
  const responder = useMay("responder"), editor = useMay("editor");
  const edits = editor && source === "api";
  return (
    <span class="actions">
      {responder && enabled && (
        <Action kind="strong" disabled={busy} title={busy ? "It is queued or running already." : "Has it run now."} run={onRefresh}>Refresh</Action>
      )}
      <a class="button" href={href(["monitors", name, "edit"])}>{edits ? "Edit" : "View code"}</a>
      {responder && <a class="button" href={href(["silences"], { monitor: name, add: 1 })} title="Keeps people from being told of its alerts for a while.">Silence</a>}
      {responder && (enabled
        ? <Action run={() => disable(name)}>Disable</Action>
        : <Action kind="strong" run={() => act(`${name} is enabled.`, "POST", path(["monitors", name, "enable"]), { monitor: name })}>Enable</Action>)}
    </span>
  );
}

async function disable(name: string) {
  await confirm({
    title: `Disable ${name}`, yes: "Disable", comment: true, dangerous: true,
    text: "It will not run any more until it is enabled: nobody is told of new issues. Its alerts and issues stay as they are.",
    deed: (comment, signal) => perform(`${name} is disabled.`, "POST", path(["monitors", name, "disable"]), { body: { comment }, monitor: name, signal }),
  });
}
