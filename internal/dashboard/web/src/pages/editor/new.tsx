import { useEffect, useState } from "preact/hooks";
import { get, path, Problem } from "../../api/call";
import type { Monitor, Page } from "../../api/types";
import { go, href, setQuery } from "../../route";
import { useTitle } from "../../shell/content";
import { Failure } from "../../ui/basics";
import { useMonitors } from "../monitors/data";
import { Beginning, Preview, type Template } from "./beginning";
import { keeperOf } from "./edit";
import { monitorNameProblem } from "./files";
import { useRefusal } from "./readonly";
import { readStored } from "./stored";
import { Workbench } from "./workbench";
import { type Desk, openDesk } from "./workspace";

/** Makes a new monitor, from the template or from the files of another. Its name stands in the address once it is chosen. */
export function New({ query }: { query: URLSearchParams }) {
  const name = query.get("name") ?? "", from = query.get("from") ?? "";
  const [desk, setDesk] = useState<Desk>();
  const [problem, setProblem] = useState<Problem>();
  const refusal = useRefusal();
  useTitle(name ? `New monitor ${name}` : "New monitor");
  useEffect(() => {
    if (!name || refusal) return undefined;
    let gone = false;
    start(name, from).then((opened) => { if (!gone) setDesk(opened); }, (error: Problem) => { if (!gone) setProblem(error); });
    return () => { gone = true; };
  }, [name, from, refusal]);
  const reopen = () => go(href(["monitors", name, "edit"]));
  if (refusal) return <><h1>New monitor</h1><p>{refusal}</p></>;
  if (name && desk && desk.get().monitor === name) return <Workbench key={name} desk={desk} monitor={undefined} readOnly={undefined} query={query} saved={reopen} reopen={reopen} />;
  return (
    <>
      <h1>New monitor</h1>
      {problem && <Failure problem={problem} />}
      {name && !problem ? <p class="loading" role="status">Loading …</p> : <NameForm from={from} name={name} done={(chosen) => { setProblem(undefined); setQuery({ name: chosen }); }} />}
    </>
  );
}

/** Opens what was typed under that name before, else the files to begin with. */
async function start(name: string, from: string): Promise<Desk> {
  if (await exists(name)) throw new Problem(409, `There is a monitor ${name} already: give yours another name.`);
  const files = from ? (await readStored(from)).version.files : (await get<Template>(path(["monitor_template"], { name }))).files;
  // What it begins with counts as known: who has typed nothing loses nothing.
  return openDesk(name, { files, version: 0, etag: "" }, keeperOf(name), () => Promise.resolve(files));
}

async function exists(name: string): Promise<boolean> {
  const { items } = await get<Page<Monitor>>(path(["monitors"], { q: name, limit: 1000 }));
  return items.some((monitor) => monitor.name === name);
}

/** How long one may pause between letters before it is looked whether the name is taken, in milliseconds. */
const pause = 250;

function NameForm({ from, name: before, done }: { from: string; name: string; done: (name: string) => void }) {
  const [name, setName] = useState(before || (from ? `${from}_copy` : ""));
  const [taken, setTaken] = useState(false);
  const monitors = useMonitors().data?.items ?? [];
  const problem = monitorNameProblem(name) ?? (taken ? "There is a monitor of that name already." : undefined);
  useEffect(() => {
    setTaken(false);
    if (!name || monitorNameProblem(name)) return undefined;
    let gone = false;
    // If that cannot be found out now, it is said when the monitor is made.
    const timer = setTimeout(() => void exists(name).then((known) => { if (!gone) setTaken(known); }, () => {}), pause);
    return () => { gone = true; clearTimeout(timer); };
  }, [name]);
  const submit = (event: Event) => {
    event.preventDefault();
    if (name && !problem) done(name);
  };
  return (
    <div class="new-monitor">
      <form class="card" onSubmit={submit}>
        <label class="field">
          Name
          <input value={name} required maxLength={200} spellcheck={false} autocomplete="off" autocapitalize="off" autofocus placeholder="late_orders" aria-describedby="name-rules name-problem"
            onInput={(event) => setName(event.currentTarget.value.trim())} />
        </label>
        <p id="name-rules" class="soft">a-z, 0-9 and _. It stands in addresses, metrics and notifications, and cannot be changed later.</p>
        <p id="name-problem" class="bad" role="alert">{problem}</p>
        <Beginning from={from} monitors={monitors} />
        <div class="buttons"><button type="submit" class="strong" disabled={!name || problem !== undefined}>Write it</button></div>
      </form>
      <Preview key={from} from={from} version={monitors.find((monitor) => monitor.name === from)?.version} />
    </div>
  );
}
