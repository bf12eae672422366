import type { Diagnostic, Status } from "../../api/types";
import { useResource } from "../../live/resource";
import { count } from "../../words";

/** How often the platform is asked how it is itself, in milliseconds. */
const every = 30_000;

/** What is wrong with the platform, so that the monitors may not know: parts that fail, code that never came into force. */
export function PlatformProblems({ monitors }: { monitors: { has: (name: string) => boolean } }) {
  const { data } = useResource<Status>("/status", { every, pause: every });
  if (!data) return null;
  const lines = problems(data);
  const strays = Object.entries(data.problems).filter(([name]) => !monitors.has(name));
  if (lines.length === 0 && strays.length === 0) return null;
  return (
    <section class="card platform" aria-labelledby="platform">
      <h2 id="platform">The platform itself needs a look</h2>
      <ul>{lines.map((line) => <li key={line}>{line}</li>)}</ul>
      {strays.length > 0 && <Strays of={strays} />}
    </section>
  );
}

/** Folders that never became a monitor. Only their number is seen at first: they are seldom urgent. */
function Strays({ of }: { of: [string, Diagnostic[] | null][] }) {
  return (
    <details>
      <summary>{count(of.length, "folder has", "folders have")} code that is no monitor, because of errors: {of.slice(0, 3).map(([name]) => name).join(", ")}{of.length > 3 && " …"}</summary>
      <ul>
        {of.map(([name, found]) => (
          <li key={name}>
            <b>{name}</b>
            <ul>{(found ?? []).map((d, i) => <li key={i}><code>{d.file}{d.line > 0 && `:${d.line}:${d.column}`}</code> {d.message}</li>)}</ul>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Says what fails, a sentence each. */
export function problems({ components, executors, monitors, deliveries }: Status): string[] {
  return [
    ...components.filter(({ status }) => status !== "ok").map(({ name, error }) => `The ${name} fails: ${error}`),
    ...(executors === 0 ? ["No executor is alive: nothing runs."] : []),
    ...(monitors.overdue > 0 ? [`${count(monitors.overdue, "monitor is", "monitors are")} overdue: due for minutes, and not run.`] : []),
    ...(deliveries.dead > 0 ? [`${count(deliveries.dead, "delivery", "deliveries")} of events failed for good; “vedette event redeliver” tries again.`] : []),
  ];
}
