import { path } from "../../api/call";
import type { Monitor, Page, Version } from "../../api/types";
import { useResource } from "../../live/resource";
import { useMay } from "../../live/session";
import { setQuery } from "../../route";
import { perform } from "../../ui/act";
import { Action, Ago, Loaded } from "../../ui/basics";
import { confirm } from "../../ui/dialog";
import { Pager } from "../../ui/pager";
import { Text } from "../../ui/value";
import { type Column, Table } from "../../ui/virtual";
import type { TabProps } from "./tabs";
import { Comparison } from "./comparison";

/** How many stand on a page. */
const most = 50;

/** What was stored of the monitor, newest first: compared, and restored. */
export function Versions({ monitor, query }: TabProps) {
  const { name, version: current, source } = monitor;
  const cursor = query.get("cursor") ?? undefined;
  const versions = useResource<Page<Version>>(path(["monitors", name, "versions"], { limit: most, cursor }), { monitor: name });
  const restores = useMay("editor") && source === "api";
  const from = numberOf(query.get("from")), to = numberOf(query.get("to")) ?? current;
  return (
    <>
      <section>
        <h2>Versions</h2>
        {source !== "api" && <p class="soft">The code comes {source === "example" ? "with the examples" : "from the monitor folder"}: what is current there is current here, and nothing is restored here.</p>}
        <Loaded of={versions}>
          {({ items, next_cursor: next }) => (
            <>
              <Table label="Versions" rows={items} columns={columnsOf(monitor, restores)} keyOf={(version) => version.number}
                classOf={({ number }) => (number === from || (from !== undefined && number === to) ? "chosen" : undefined)} />
              <Pager next={next} />
            </>
          )}
        </Loaded>
      </section>
      {from !== undefined && <Comparison key={`${from} ${to}`} name={name} from={from} to={to} current={current} />}
    </>
  );
}

function numberOf(text: string | null): number | undefined {
  const number = Number(text);
  return Number.isSafeInteger(number) && number > 0 ? number : undefined;
}

function columnsOf(monitor: Monitor, restores: boolean): Column<Version>[] {
  return [
    { name: "Version", width: "8rem", names: true, cell: ({ number, current }) => <>{number} {current && <span class="tag">current</span>}</> },
    { name: "When", width: "9rem", cell: ({ created_at: at }) => <Ago time={at} /> },
    { name: "Author", width: "12rem", cell: ({ author }) => author ? <Text of={author} /> : <span class="soft">unknown</span> },
    { name: "Message", cell: ({ message }) => message ? <Text of={message} /> : <span class="soft">none</span> },
    {
      name: "Actions", width: "25rem", heading: <span class="hidden">Actions</span>, cell: ({ number, current }) => (
        <span class="actions">
          {number > 1 && <button type="button" title="What this version changed" onClick={() => setQuery({ from: `${number - 1}`, to: `${number}` })}>Changes<span class="hidden"> of version {number}</span></button>}
          {!current && <button type="button" onClick={() => setQuery({ from: `${number}`, to: undefined })}>Compare<span class="hidden"> version {number}</span> with current</button>}
          {!current && restores && <Action run={() => restore(monitor, number)}>Restore<span class="hidden"> version {number}</span></Action>}
        </span>
      ),
    },
  ];
}

async function restore({ name, etag, version }: Monitor, number: number) {
  await confirm({
    title: `Restore version ${number} of ${name}`, yes: "Restore", comment: true,
    text: `Its content becomes current again, as a new version after ${version}. Nothing is lost: version ${version} can be restored as well.`,
    deed: (comment, signal) => perform(`Version ${number} of ${name} is current again.`, "POST", path(["monitors", name, "versions", number, "restore"]), {
      headers: { "If-Match": etag }, body: comment ? { message: comment } : {}, monitor: name, signal,
    }),
  });
}
