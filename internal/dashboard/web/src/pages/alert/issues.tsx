import { useMemo } from "preact/hooks";
import type { Alert, Issue, Monitor } from "../../api/types";
import { useMay } from "../../live/session";
import { setQuery } from "../../route";
import { Empty, Failure } from "../../ui/basics";
import { Choice, Search } from "../../ui/filter";
import { Table } from "../../ui/virtual";
import { count, grouped } from "../../words";
import { fieldNames, search, sort, usualFields } from "./arrange";
import { ColumnChoice, issueColumns } from "./columns";
import { Drop } from "./drop";
import { Export } from "./export";
import { mostIssues, useIssues } from "./read";
import { useSelection } from "./selection";

const statuses = ["active", "solved", "dropped", "all"];

interface Props {
  alert: Alert;
  monitor: Monitor | undefined;
  query: URLSearchParams;
}

/** The issues of an alert, in a table with the fields of their data. */
export function AlertIssues({ alert, monitor, query }: Props) {
  const usual = alert.status === "active" ? "active" : "all";
  const status = query.get("issues") ?? usual;
  const { issues, coming } = useIssues(alert, status);
  const read = issues.data?.items ?? coming;
  return (
    <section aria-labelledby="issues">
      <div class="filters">
        <h2 id="issues">Issues</h2>
        <Search label="Search in the issues" />
        <Choice name="issues" label="Status" all={usual} choices={statuses.filter((one) => one !== usual).map((value) => ({ value, text: value }))} />
      </div>
      <p class="soft" role="status">
        {!issues.data && !issues.problem && (coming ? `Loading: ${count(coming.length, "issue")} so far …` : "Loading …")}
        {issues.data?.more && `Only the newest ${count(issues.data.items.length, "issue")} are here; there are more. No more than ${count(mostIssues, "issue")} are read.`}
      </p>
      {issues.problem && <Failure problem={issues.problem} retry={issues.reload} />}
      {read && read.length === 0 && issues.data && <Empty>{status === "all" ? "It has no issues." : `It has no ${status} issues.`}</Empty>}
      {read && read.length > 0 && <Issues alert={alert} monitor={monitor} query={query} issues={read} status={status} reload={issues.reload} />}
    </section>
  );
}

interface ListProps extends Props {
  issues: Issue[];
  status: string;
  reload: () => void;
}

function Issues({ alert, monitor, query, issues, status, reload }: ListProps) {
  const responder = useMay("responder");
  const all = useMemo(() => fieldNames(issues), [issues]);
  const chosen = query.getAll("column");
  const usual = useMemo(() => usualFields(all, monitor?.issues_fields ?? [], monitor?.model_id_key ?? ""), [all, monitor?.issues_fields, monitor?.model_id_key]);
  const fields = chosen.length > 0 ? all.filter((name) => chosen.includes(name)) : usual;
  const others = all.filter((name) => name !== monitor?.model_id_key);
  const words = query.get("q") ?? "", by = query.get("sort") ?? "age", descending = query.has("desc");
  const found = useMemo(() => search(issues, words), [issues, words]);
  const rows = useMemo(() => sort(found, by, descending), [found, by, descending]);
  const ids = useMemo(() => rows.map((issue) => issue.id), [rows]);
  const selection = useSelection(ids);
  const taken = selection.ids.length > 0 ? rows.filter((issue) => selection.has(issue.id)) : rows;
  return (
    <>
      <div class="filters">
        <span class="soft">
          {count(rows.length, "issue")}{rows.length < issues.length && ` of ${grouped(issues.length)}`}
          {selection.ids.length > 0 && `, ${grouped(selection.ids.length)} selected`}
        </span>
        {selection.ids.length > 0 && <button type="button" class="quiet" onClick={selection.clear}>Select none</button>}
        {responder && <Drop alert={alert} issues={taken.filter((issue) => selection.has(issue.id) && issue.status === "active")} done={(all) => { if (all) selection.clear(); reload(); }} />}
        <Export name={`${alert.monitor}_alert_${alert.id}`} issues={taken} fields={all} selected={selection.ids.length > 0} />
        <ColumnChoice all={others} shown={fields} chosen={chosen.length > 0} />
      </div>
      {rows.length === 0 ? <Empty>Nothing matches what you search for. <button type="button" onClick={() => setQuery({ q: undefined })}>Show all</button></Empty> : (
        <Table<Issue> label={`Issues of alert ${alert.id}`} class="issues" wide rows={rows} keyOf={keyOf} height={40}
          columns={issueColumns({ issues, fields, selection, key: monitor?.model_id_key, status: status !== "active" })}
          classOf={(issue) => (selection.has(issue.id) ? "selected" : undefined)}
          sorting={{ by, descending }} onSort={({ by, descending }) => setQuery({ sort: by, desc: descending ? "1" : undefined })} />
      )}
    </>
  );
}

const keyOf = (issue: Issue) => issue.id;
