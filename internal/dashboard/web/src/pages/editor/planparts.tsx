// Parts of what a try and a test tell.
import type { components } from "../../api/schema";
import { writeJSON } from "../../api/exact";
import { Text } from "../../ui/value";
import type { Spot } from "./code/code";
import { Position, spotOf } from "./problems";
import { grouped } from "../../words";

type Failure = components["schemas"]["Failure"];
type LogEntry = components["schemas"]["LogEntry"];

/** An error with the line where it came from. */
export function ErrorText({ failure: { message, position, traceback }, goTo }: { failure: Failure; goTo: (spot: Spot) => void }) {
  const spot = spotOf(position);
  return (
    <div class="error">
      <p class="bad message">{spot && <><Position {...spot} goTo={goTo} /> </>}<Text of={message} /></p>
      {traceback && traceback.split("\n").length > 2 && <details><summary>Traceback</summary><pre tabIndex={0}>{traceback}</pre></details>}
    </div>
  );
}

/** How many lines are shown; a run may log thousands. */
const most = 300;

export function LogLines({ log }: { log: readonly LogEntry[] }) {
  return (
    <>
      <ul class="log">
        {log.slice(0, most).map((line, i) => (
          <li key={i} class={line.level}>
            <span class="level">{line.level}</span> <Text of={line.message} />
            {line.fields !== null && line.fields !== undefined && <code> {writeJSON(line.fields)}</code>}
          </li>
        ))}
      </ul>
      {log.length > most && <p class="soft">{grouped(log.length - most)} more lines are not shown.</p>}
    </>
  );
}
