import { path } from "../../api/call";
import { readAll, type Whole } from "../../api/all";
import type { Silence } from "../../api/types";
import { useResource } from "../../live/resource";
import { setQuery } from "../../route";
import { Empty, Loaded } from "../../ui/basics";
import { Chips } from "../../ui/filter";
import { type Column, Table } from "../../ui/virtual";
import { count } from "../../words";
import { About, End, State, When, Why } from "./cells";
import "./silences.css";

const chips = [
  { value: "active", text: "in force" },
  { value: "pending", text: "coming" },
  { value: "expired", text: "over" },
];

const columns: Column<Silence>[] = [
  { name: "State", width: "9rem", cell: (silence) => <State of={silence} /> },
  { name: "About", names: true, cell: (silence) => <About of={silence} /> },
  { name: "When", cell: (silence) => <When of={silence} /> },
  { name: "Why, and by whom", cell: (silence) => <Why of={silence} /> },
  { name: "End", width: "7rem", heading: <span class="hidden">End</span>, cell: (silence) => <End of={silence} /> },
];

const ranks: Record<Silence["status"], number> = { active: 0, pending: 1, expired: 2 };

/** All silences that the address lets through: those in force first, then the coming ones. */
export function Silences({ query }: { query: URLSearchParams }) {
  const states = query.getAll("status"), id = Number(query.get("id")), monitor = query.get("monitor") ?? "";
  // One that is named is shown whatever became of it.
  const expired = states.includes("expired") || id > 0;
  const silences = useResource<Whole<Silence>>(path(["silences"], { limit: 1000, expired, monitor }), { read: readAll });
  const passes = (silence: Silence) => (id > 0 ? silence.id === id : states.length === 0 || states.includes(silence.status));
  return (
    <>
      <div class="filters">
        <Chips name="status" label="Which silences" chips={chips} />
        {id > 0 && <button type="button" onClick={() => setQuery({ id: undefined })}>Only silence {id}: show all</button>}
        {monitor && <button type="button" onClick={() => setQuery({ monitor: undefined })}>Only about {monitor}: show all</button>}
      </div>
      <Loaded of={silences}>
        {({ items, complete }) => {
          const shown = items.filter(passes).sort((a, b) => ranks[a.status] - ranks[b.status] || b.id - a.id);
          return (
            <>
              {!complete && <p class="soft">There are more than {count(items.length, "silence")}: only the newest are here.</p>}
              {shown.length === 0
                ? <Empty>{states.length > 0 || id > 0 || monitor ? "There is no such silence." : "No silence is in force or will be: people are told of every alert that has notifications."}</Empty>
                : <Table<Silence> label="Silences" class="silences" rows={shown} columns={columns} keyOf={keyOf} height={84} classOf={(silence) => silence.status} />}
            </>
          );
        }}
      </Loaded>
    </>
  );
}

const keyOf = (silence: Silence) => silence.id;
