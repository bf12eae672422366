import type { Execution, Routine } from "../../api/types";
import { ended } from "../../ui/execution";
import { count, took } from "../../words";

/** Shows how long each routine took, as a part of them all. */
export function Timings({ of: execution }: { of: Execution }) {
  const { routines } = execution;
  const all = routines.reduce((sum, { seconds }) => sum + seconds, 0);
  return (
    <section class="card">
      <h2>Routines</h2>
      {routines.length === 0
        ? <p class="soft">{ended(execution) ? "None was called." : "What they took is known when it has ended."}</p>
        : (
          <table class="timings">
            <thead><tr><th scope="col">Routine</th><th scope="col" class="number">Took</th><th scope="col">Gave</th><th scope="col"><span class="hidden">Part of all</span></th></tr></thead>
            <tbody>{routines.map((routine) => <Row key={routine.name} of={routine} all={all} />)}</tbody>
          </table>
        )}
    </section>
  );
}

function Row({ of: { name, seconds, returned, error }, all }: { of: Routine; all: number }) {
  const part = all > 0 ? (seconds / all) * 100 : 0;
  return (
    <tr>
      <th scope="row"><code>{name}</code></th>
      <td class="number">{took(seconds * 1000)}</td>
      <td>{error ? <span class="bad">failed</span> : count(returned, name === "is_solved" ? "answer" : "entry", name === "is_solved" ? "answers" : "entries")}</td>
      <td class="bar"><span class={error ? "filled failed" : "filled"} style={{ width: `${Math.max(part, 1)}%` }} /><span class="hidden">{Math.round(part)} %</span></td>
    </tr>
  );
}
