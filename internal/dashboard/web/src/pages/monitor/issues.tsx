import { useMemo } from "preact/hooks";
import { path } from "../../api/call";
import type { Issue, Monitor, Page } from "../../api/types";
import { useResource } from "../../live/resource";
import { href, setQuery } from "../../route";
import { Age, Ago, Empty, Loaded } from "../../ui/basics";
import { areNumbers, fieldsOf } from "../../ui/fields";
import { Chips } from "../../ui/filter";
import { Brief } from "../../ui/value";
import { type Column, Table } from "../../ui/virtual";
import { count } from "../../words";
import type { TabProps } from "./tabs";

/** How many issues are listed at first, and when asked for more: the newest ones. Alerts list theirs all. */
const few = 10, many = 200;
/** How many columns of data there are where the monitor does not say which fields matter. */
const mostFields = 6;

const kinds = ["active", "solved", "dropped"] as const;

/** The monitor's newest active issues, or if asked for those that ended. */
export function Issues({ monitor, query }: TabProps) {
  const { name, active_issues: active } = monitor;
  const status = kinds.find((kind) => kind === query.get("issues")) ?? "active";
  const most = query.has("more") ? many : few;
  const issues = useResource<Page<Issue>>(path(["issues"], { monitor: name, status, limit: most }), { monitor: name });
  return (
    <section>
      <div class="head">
        <h2>{status === "active" ? (active === 0 ? "No active issues" : count(active, "active issue")) : `Issues that were ${status}`}</h2>
        <Chips name="issues" label="Which issues" one chips={[{ value: "solved", text: "Solved" }, { value: "dropped", text: "Dropped" }]} />
      </div>
      <Loaded of={issues}>
        {({ items, next_cursor: more }) => items.length > 0
          ? <><List items={items} monitor={monitor} status={status} />{more && <More shown={most} status={status} />}</>
          : status !== "active" && <Empty>No issue was {status}.</Empty>}
      </Loaded>
    </section>
  );
}

const More = ({ shown, status }: { shown: number; status: Issue["status"] }) => (
  <p class="soft">
    These are the newest {shown}.{status === "active" && " Each alert lists all of its own."}{" "}
    {shown < many && <button type="button" onClick={() => setQuery({ more: "1" })}>Show up to {many}</button>}
  </p>
);

function List({ items, monitor, status }: { items: Issue[]; monitor: Monitor; status: Issue["status"] }) {
  const columns = useMemo(() => columnsOf(items, monitor, status), [items, monitor, status]);
  return <Table label={`Issues, ${status}`} wide rows={items} columns={columns} keyOf={(issue) => issue.id} />;
}

function columnsOf(items: Issue[], { issues_fields: said, model_id_key: key }: Monitor, status: Issue["status"]): Column<Issue>[] {
  const fields = said.length > 0 ? said : [...new Set(items.flatMap((issue) => Object.keys(fieldsOf(issue.data))))].slice(0, mostFields);
  return [
    { name: "Issue", names: true, class: "issue-datum", cell: (issue) => <a href={href(["issues", issue.id])}><Brief of={issue.model_id} /></a> },
    ...fields.filter((field) => field !== key).map((field, i): Column<Issue> => ({
      // A field may be named as another column is.
      name: ["Issue", "Age", "Ended", "Alert"].includes(field) ? `${field} (${i + 1})` : field,
      class: areNumbers(items.map((issue) => fieldsOf(issue.data)[field])) ? "issue-datum number" : "issue-datum", cell: (issue) => <Brief of={fieldsOf(issue.data)[field]} />,
    })),
    status === "active"
      ? { name: "Age", cell: (issue) => <Age since={issue.created_at} /> }
      : { name: "Ended", cell: (issue) => <Ago time={issue.solved_at ?? issue.dropped_at} /> },
    { name: "Alert", cell: (issue) => issue.alert_id === null ? <span class="soft">none</span> : <a href={href(["alerts", issue.alert_id])}>{issue.alert_id}</a> },
  ];
}
