import { useEffect, useState } from "preact/hooks";
import { get, path, type Problem } from "../../api/call";
import type { Execution, Monitor, Page } from "../../api/types";
import { useNow } from "../../live/clock";
import { changed } from "../../live/resource";
import { href } from "../../route";
import { act } from "../../ui/act";
import { countsInWords, ended, Status } from "../../ui/execution";
import { Text } from "../../ui/value";
import { duration, took } from "../../words";

/** How often it is asked how far a refresh is, in milliseconds. */
const pace = 700;

type Task = Execution["tasks"][number];

/** A refresh that is followed until it has ended. */
export interface Refresh {
  /** The execution before it: a later one is the one that was asked for. */
  after: number;
  began: number;
  /** What it became, as soon as it is queued. */
  execution?: Execution;
  /** Why nothing more can be told of it. */
  lost?: string;
}

/** Asks for a run of all tasks, or of some. The result is undefined if it was refused. */
export async function refresh({ name }: Monitor, tasks?: Task[]): Promise<Refresh | undefined> {
  const answer = await act<Monitor>(`${name} was asked to run.`, "POST", path(["monitors", name, "refresh"]), { body: tasks ? { tasks } : {}, monitor: name });
  // A run that began in the meantime does what was asked for, too.
  return answer && { after: answer.busy ? (answer.last_execution?.id ?? 0) - 1 : (answer.last_execution?.id ?? 0), began: Date.now() };
}

/** Follows a refresh of a monitor. */
export function useRefresh(name: string): [Refresh | undefined, (refresh: Refresh | undefined) => void] {
  const [followed, follow] = useState<Refresh>();
  const after = followed?.after;
  useEffect(() => {
    if (after === undefined) return undefined;
    const ending = new AbortController();
    let timer = 0;
    const look = async () => {
      try {
        const { items } = await get<Page<Execution>>(path(["executions"], { monitor: name, limit: 20 }), { signal: ending.signal });
        const execution = items.findLast((one) => one.id > after);
        if (execution) follow((now) => now && { ...now, execution });
        if (execution && ended(execution)) return changed(name);
      } catch (error) {
        if (ending.signal.aborted) return;
        const problem = error as Problem;
        if (!problem.away) return follow((now) => now && { ...now, lost: problem.message });
      }
      timer = window.setTimeout(look, pace);
    };
    void look();
    return () => {
      ending.abort();
      clearTimeout(timer);
    };
  }, [name, after]);
  return [followed, follow];
}

/** Says how far a refresh is, and what it did. Without one, it says if another run is under way. */
export function Progress({ of, monitor, onClose }: { of: Refresh | undefined; monitor: Monitor; onClose: () => void }) {
  const done = of?.execution && ended(of.execution);
  return (
    <div role="status">
      {of ? (
        <p class="card run-progress">
          <Words of={of} />
          {of.execution && <a href={href(["executions", of.execution.id])}>Execution {of.execution.id}</a>}
          {(done || of.lost) && <button type="button" class="quiet" aria-label="Close this message" onClick={onClose}>✕</button>}
        </p>
      ) : monitor.busy && <Other of={monitor.last_execution} />}
    </div>
  );
}

function Words({ of: { began, execution, lost } }: { of: Refresh }) {
  useNow();
  if (lost) return <span class="bad">Nothing more is known of the refresh: {lost}</span>;
  if (!execution) return <span>Waiting to be queued for {duration(Date.now() - began)} …</span>;
  if (!ended(execution)) return <span><Status of={execution} /> … {execution.tasks.join(" and ")}, {duration(Date.now() - began)}</span>;
  const { started_at: from, finished_at: to, counts, error } = execution;
  return (
    <span>
      <Status of={execution} />{from && to && ` in ${took(Date.parse(to) - Date.parse(from))}`}: {countsInWords(counts)}
      {error && <span class="bad as-said"> <Text of={error} /></span>}
    </span>
  );
}

const Other = ({ of }: { of: Monitor["last_execution"] }) => of && !ended(of) ? (
  <p class="card run-progress"><span><Status of={of} /> … {of.tasks.join(" and ")}</span><a href={href(["executions", of.id])}>Execution {of.id}</a></p>
) : null;
