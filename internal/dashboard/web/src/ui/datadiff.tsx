import { useMemo, useState } from "preact/hooks";
import { count } from "../words";
import { difference } from "./difference";
import { Text, Value } from "./value";
import "./datadiff.css";

/** How many changes are shown before somebody asks for all. */
const most = 50;

/** Shows what is different between two data: each field with its value before and after. */
export function DataDiff({ before, after }: { before: unknown; after: unknown }) {
  const changes = useMemo(() => difference(before, after), [before, after]);
  const [all, setAll] = useState(false);
  if (changes.length === 0) return <p class="soft">The data did not change.</p>;
  return (
    <>
      <div class="scroll">
        <table class="datadiff">
          <thead><tr><th scope="col">Field</th><th scope="col">Before</th><th scope="col">After</th></tr></thead>
          <tbody>
            {(all ? changes : changes.slice(0, most)).map(({ place, before, after }) => (
              <tr key={place.join("\u0000")}>
                <th scope="row"><Text of={place.join(" › ") || "all"} /></th>
                <td class={before === undefined ? undefined : "removed"}><Side of={before} absent="not there" /></td>
                <td class={after === undefined ? undefined : "added"}><Side of={after} absent="gone" /></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {!all && changes.length > most && <button type="button" class="quiet" onClick={() => setAll(true)}>Show all {count(changes.length, "change")}</button>}
    </>
  );
}

const Side = ({ of, absent }: { of: unknown; absent: string }) => (of === undefined ? <span class="soft">{absent}</span> : <Value of={of} />);
