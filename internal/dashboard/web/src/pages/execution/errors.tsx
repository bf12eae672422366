import type { Execution } from "../../api/types";
import { Traceback } from "../../ui/traceback";
import { Text } from "../../ui/value";

/** Says what went wrong, each routine at its line of code. */
export function Errors({ of: { routines, error, incomplete, truncated }, files }: { of: Execution; files: Record<string, string> }) {
  const failed = routines.filter((routine) => routine.error);
  return (
    <>
      {failed.map((routine) => (
        <section key={routine.name} class="card" aria-label={`Error of ${routine.name}`}>
          <h2>{routine.name} failed</h2>
          {routine.error && <Traceback of={routine.error} files={files} />}
        </section>
      ))}
      {error && failed.length === 0 && !incomplete && <section class="failure"><p class="as-said"><Text of={error} /></p></section>}
      {incomplete && <p class="card"><strong>It did not see everything</strong>, so that nothing is solved or dropped for being absent: <span class="as-said"><Text of={incomplete} /></span></p>}
      {truncated && <p class="card"><strong>It found more than it may create.</strong> What is left is created by the next runs. The option max_issues_creation says how many.</p>}
    </>
  );
}
