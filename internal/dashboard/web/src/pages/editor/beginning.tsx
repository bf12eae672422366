import { useMemo, useState } from "preact/hooks";
import { path } from "../../api/call";
import type { Monitor, VersionDetail } from "../../api/types";
import { useResource } from "../../live/resource";
import { setQuery } from "../../route";
import { Loaded } from "../../ui/basics";
import { Text } from "../../ui/value";
import { codeFile, type Files } from "./files";

export interface Template {
  name: string;
  files: Files;
}

/** How many monitors are offered before somebody searches for others. */
const most = 50;
/** From how many on they can be searched. */
const many = 10;

/** Chooses what a new monitor begins with: the template or the files of another, examples first. The choice stands in the address. */
export function Beginning({ from, monitors }: { from: string; monitors: readonly Monitor[] }) {
  const [words, setWords] = useState("");
  // What was chosen elsewhere is seen at once; what is chosen here stays where it is.
  const [first] = useState(from);
  const all = useMemo(() => {
    const rank = ({ name, source }: Monitor) => (name === first ? 0 : source === "example" ? 1 : 2);
    return [...monitors].sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
  }, [monitors, first]);
  const found = all.filter(({ name, summary }) => `${name} ${summary}`.toLowerCase().includes(words.toLowerCase()));
  return (
    <fieldset>
      <legend>Begin with</legend>
      {all.length > many && <input type="search" aria-label="Search for what to begin with" placeholder="Search" value={words} onInput={(event) => setWords(event.currentTarget.value)} />}
      <div class="choices">
        <Choice value="" from={from} name="The template" says="A search, an update and a test, each explained." />
        {found.slice(0, most).map((monitor) => <Choice key={monitor.name} value={monitor.name} from={from} name={monitor.name} says={sayOf(monitor)} />)}
        {found.length > most && <p class="soft">{found.length - most} more; search for them.</p>}
      </div>
    </fieldset>
  );
}

const sayOf = ({ source, summary }: Monitor) => `${source === "example" ? "Example: " : ""}${summary.split("\n", 1)[0] ?? ""}`;

function Choice({ value, from, name, says }: { value: string; from: string; name: string; says: string }) {
  return (
    <label>
      <input type="radio" name="from" checked={from === value} onChange={() => setQuery({ from: value })} />
      <span><b>{name}</b>{says && <span class="soft lines"><Text of={says} /></span>}</span>
    </label>
  );
}

/** Shows the code that a new monitor begins with. */
export function Preview({ from, version }: { from: string; version: number | undefined }) {
  const address = from ? version && path(["monitors", from, "versions", version]) : path(["monitor_template"], { name: "late_orders" });
  const code = useResource<Template | VersionDetail>(address || undefined, { every: 0 });
  if (!address) return null;
  return (
    <section aria-labelledby="preview">
      <h2 id="preview">{codeFile}, as it begins</h2>
      <Loaded of={code}>{({ files }) => <pre tabIndex={0} role="region" aria-label={`Code of ${from || "the template"}`}>{files[codeFile]}</pre>}</Loaded>
    </section>
  );
}
