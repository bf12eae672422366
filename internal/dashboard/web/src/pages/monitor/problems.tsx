import type { Monitor } from "../../api/types";
import { ProblemList } from "../../ui/problemlist";

/** Says what is wrong with code that has arrived. What runs is the version before, whose lines say nothing about it. */
export function Problems({ monitor: { problems, version } }: { monitor: Monitor }) {
  if (problems.length === 0) return null;
  const broken = problems.some(({ severity }) => severity === "error");
  return (
    <section class="card monitor-problems" aria-label="Problems in the code">
      <h2>{broken ? `Newer code has arrived and cannot be used: version ${version} keeps running` : "The code has warnings"}</h2>
      <ProblemList problems={problems} />
    </section>
  );
}
