import { Empty } from "../../ui/basics";
import { count, took } from "../../words";
import type { Spot } from "./code/code";
import { type Files, testFile } from "./files";
import { ErrorText, LogLines } from "./planparts";
import { Position, ProblemList, spotOf } from "./problems";
import { Running } from "./running";
import type { TestReport, Work } from "./trying";

interface Props {
  testing: Work<TestReport>;
  files: Files;
  goTo: (spot: Spot) => void;
}

/** Runs the tests of the monitor, and shows what became of them. */
export function TestPane({ testing, files, goTo }: Props) {
  const { result, running } = testing;
  return (
    <>
      <p class="actions"><button type="button" class="strong" disabled={running} onClick={() => void testing.start()}>Run the tests</button></p>
      <Running work={testing} what="Testing" files={files} goTo={goTo} />
      {!result && !running && !testing.problem && <Empty>The tests in {testFile} run with faked queries: they need no database and change nothing.</Empty>}
      {result && <Report report={result} goTo={goTo} />}
    </>
  );
}

function Report({ report: { tests, diagnostics }, goTo }: { report: TestReport; goTo: (spot: Spot) => void }) {
  const passed = tests.filter((test) => test.passed).length;
  return (
    <>
      {tests.length > 0 && <p class={passed < tests.length ? "verdict bad" : "verdict good"} role="status">{passed < tests.length ? `${count(tests.length - passed, "test")} failed, ${passed} passed.` : `${count(tests.length, "test")} passed.`}</p>}
      <ProblemList list={diagnostics} goTo={goTo} />
      <ul class="results">
        {tests.map((test) => (
          <li key={test.name} class={test.passed ? "passed" : "failed"}>
            <p>
              <strong class="sign">{test.passed ? "✓ passed" : "✕ failed"}</strong> <Named {...test} goTo={goTo} /> <span class="soft">{took(test.seconds * 1000)}</span>
            </p>
            {test.error && <ErrorText failure={test.error} goTo={goTo} />}
            {test.log.length > 0 && <details open={!test.passed}><summary>{count(test.log.length, "log line")}</summary><LogLines log={test.log} /></details>}
          </li>
        ))}
      </ul>
    </>
  );
}

function Named({ name, position, goTo }: { name: string; position: string; goTo: (spot: Spot) => void }) {
  const spot = spotOf(position);
  return <><code>{name}</code> {spot && <Position {...spot} goTo={goTo} />}</>;
}
