import { Empty } from "../../ui/basics";
import type { Spot } from "./code/code";
import type { Files } from "./files";
import { Plan } from "./plan";
import { Running } from "./running";
import type { Trying } from "./trying";

interface Props {
  trying: Trying;
  files: Files;
  goTo: (spot: Spot) => void;
}

const choices = { all: [], search: ["search"], update: ["update"] } as const;

/** Runs the monitor for real, and shows what a run would have written. */
export function TryPane({ trying, files, goTo }: Props) {
  const { tasks, running, result } = trying;
  return (
    <>
      <p class="actions">
        <button type="button" class="strong" disabled={running} onClick={() => void trying.start()}>Try</button>
        <select aria-label="What to run" value={tasks[0] ?? "all"} onChange={(event) => trying.setTasks(choices[event.currentTarget.value as keyof typeof choices] ?? [])}>
          <option value="all">search and update</option>
          <option value="search">only search</option>
          <option value="update">only update</option>
        </select>
      </p>
      <Running work={trying} what="Trying" files={files} goTo={goTo} />
      {!result && !running && !trying.problem && <Empty>A try runs the code on the real databases and shows what a run would do. Nothing is stored, and nobody is told.</Empty>}
      {result && <Plan plan={result} goTo={goTo} />}
    </>
  );
}
