import { path } from "../../api/call";
import type { Execution, Page } from "../../api/types";
import { useResource } from "../../live/resource";
import { href } from "../../route";
import { Ago, Loaded } from "../../ui/basics";
import { countsInWords, statuses, Status } from "../../ui/execution";
import { Choice } from "../../ui/filter";
import { Pager } from "../../ui/pager";
import { Text } from "../../ui/value";
import { type Column, Table } from "../../ui/virtual";
import { took } from "../../words";
import type { TabProps } from "./tabs";

/** How many stand on a page. */
const most = 50;

/** Its executions, newest first. */
export function Executions({ monitor: { name }, query }: TabProps) {
  const status = statuses.find((one) => one === query.get("status"));
  const cursor = query.get("cursor") ?? undefined;
  const executions = useResource<Page<Execution>>(path(["executions"], { monitor: name, limit: most, status, cursor }), { monitor: name });
  return (
    <section>
      <div class="head">
        <h2>Executions</h2>
        <Choice name="status" label="Status" all="all" choices={statuses.map((value) => ({ value, text: value }))} />
      </div>
      <Loaded of={executions}>
        {({ items, next_cursor: next }) => (
          <>
            {items.length > 0
              ? <Table label="Executions" rows={items} columns={columns} keyOf={(execution) => execution.id} />
              : <p class="empty">{cursor ? "There are no older ones." : status ? `No execution is ${status}.` : "It has not run yet."}</p>}
            <Pager next={next} />
          </>
        )}
      </Loaded>
    </section>
  );
}

const columns: Column<Execution>[] = [
  { name: "Execution", width: "7rem", names: true, cell: ({ id }) => <a href={href(["executions", id])}>{id}</a> },
  { name: "Status", width: "8rem", cell: (execution) => <Status of={execution} /> },
  { name: "Tasks", width: "9rem", cell: ({ tasks }) => tasks.join(", ") },
  { name: "Queued", width: "9rem", cell: ({ queued_at: at }) => <Ago time={at} /> },
  { name: "Took", width: "6rem", class: "number", cell: (execution) => ran(execution) },
  { name: "Version", width: "5.5rem", class: "number", cell: ({ version }) => version ?? "–" },
  { name: "What it did", cell: (execution) => <Outcome of={execution} /> },
];

function ran({ started_at: from, finished_at: to }: Execution): string {
  return from && to ? took(Date.parse(to) - Date.parse(from)) : "–";
}

/** Says what it changed, and what went wrong. */
function Outcome({ of: { counts, error, incomplete, truncated } }: { of: Execution }) {
  return (
    <>
      {countsInWords(counts)}
      {truncated && <p class="soft">found more than it may create</p>}
      {incomplete && <p class="soft">did not see everything: <span class="as-said short"><Text of={incomplete} /></span></p>}
      {error && <p class="bad as-said short"><Text of={error} /></p>}
    </>
  );
}
