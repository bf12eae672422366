import { useEffect, useState } from "preact/hooks";
import { Failure } from "../../ui/basics";
import { took } from "../../words";
import type { Spot } from "./code/code";
import type { Files } from "./files";
import { ProblemList } from "./problems";
import type { Work } from "./trying";

/** Says how far something is that the server does, and why it did not. */
export function Running({ work, what, files, goTo }: { work: Work<unknown>; what: string; files: Files; goTo: (spot: Spot) => void }) {
  const { running, problem, result, of } = work;
  return (
    <>
      {running && <p role="status" class="running">{what} … <Elapsed since={work.since} /> <button type="button" onClick={work.cancel}>Cancel</button></p>}
      {!running && problem && <Failure problem={problem} />}
      {!running && problem && <ProblemList list={problem.diagnostics} goTo={goTo} />}
      {!running && !problem && result !== undefined && (
        <p class="soft" role="status">It took {took(work.took)}.{of !== files && <strong> The code has changed since.</strong>}</p>
      )}
    </>
  );
}

/** Counts the seconds; who listens to the page is not told each of them. */
function Elapsed({ since }: { since: number }) {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), 100);
    return () => clearInterval(timer);
  }, []);
  return <span aria-hidden="true">{((Date.now() - since) / 1000).toFixed(1)} s</span>;
}
