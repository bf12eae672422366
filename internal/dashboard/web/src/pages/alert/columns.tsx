import { useState } from "preact/hooks";
import type { Issue } from "../../api/types";
import { href, setQuery } from "../../route";
import { Age, Ago } from "../../ui/basics";
import { fieldsOf } from "../../ui/fields";
import { Popup } from "../../ui/popup";
import { Brief, BriefText, Text } from "../../ui/value";
import type { Column } from "../../ui/virtual";
import { byField } from "./arrange";
import type { Selection } from "./selection";
import { shapeOf, widthOfNames } from "./shape";

interface Wanted {
  issues: readonly Issue[];
  fields: readonly string[];
  selection: Selection;
  /** The field that identifies an issue. */
  key: string | undefined;
  /** Whether there are issues of any status. */
  status: boolean;
}

/** The columns of a table of issues. */
export function issueColumns({ issues, fields, selection, key, status }: Wanted): Column<Issue>[] {
  const columns: Column<Issue>[] = [
    selectColumn(selection),
    {
      name: key || "model id", width: widthOfNames(key || "model id", issues), names: true, sort: "model_id",
      cell: (issue) => <a href={href(["issues", issue.id])}><BriefText of={issue.model_id} /></a>,
    },
    ...(status ? [{ name: "Status", width: "6.5rem", sort: "status", cell: (issue: Issue) => issue.status }] : []),
    ...fields.map((name): Column<Issue> => {
      const { width, numbers } = shapeOf(name, issues);
      return { name, width, ...(numbers && { class: "number" }), sort: byField(name), cell: (issue) => <Brief of={fieldsOf(issue.data)[name]} /> };
    }),
    { name: "Age", width: "7.5rem", sort: "age", cell: (issue) => <Age since={issue.created_at} until={issue.solved_at ?? issue.dropped_at} /> },
    { name: "Changed", width: "8.5rem", sort: "updated", cell: (issue) => <Ago time={issue.updated_at} /> },
  ];
  return distinct(columns);
}

/** Fields may be called like the table's own columns; names are what columns are told apart by. */
function distinct(columns: Column<Issue>[]): Column<Issue>[] {
  const taken = new Set<string>();
  return columns.map((column) => {
    let name = column.name;
    while (taken.has(name)) name += " ′";
    taken.add(name);
    return { ...column, name };
  });
}

const selectColumn = (selection: Selection): Column<Issue> => ({
  name: "Select", width: "2.6rem", class: "select",
  heading: <input type="checkbox" aria-label="Select all that are shown" checked={selection.all} onChange={selection.toggleAll} />,
  cell: (issue) => (
    <input type="checkbox" aria-label={`Select ${issue.model_id}`} title="With the shift key: all from the last one to this one"
      checked={selection.has(issue.id)} onClick={(event) => selection.toggle(issue.id, event.shiftKey)} />
  ),
});

/** How many names are offered before somebody searches for others. */
const mostNames = 100;

/** Chooses which fields of the data have a column. The choice stands in the address. */
export function ColumnChoice({ all, shown, chosen }: { all: readonly string[]; shown: readonly string[]; chosen: boolean }) {
  const [words, setWords] = useState("");
  const found = all.filter((name) => name.toLowerCase().includes(words.toLowerCase()));
  const toggle = (name: string) => setQuery({ column: shown.includes(name) ? shown.filter((one) => one !== name) : [...shown, name] });
  if (all.length === 0) return null;
  return (
    <Popup label={`Columns: ${shown.length} of ${all.length}`}>
      <div class="choose" role="group" aria-label="Columns">
        {all.length > 20 && <input type="search" aria-label="Search for a field" placeholder="Search for a field" value={words} onInput={(event) => setWords(event.currentTarget.value)} />}
        <div class="names">
          {found.slice(0, mostNames).map((name) => (
            <label key={name}><input type="checkbox" checked={shown.includes(name)} onChange={() => toggle(name)} /> <Text of={name} /></label>
          ))}
        </div>
        {found.length > mostNames && <p class="soft">{found.length - mostNames} more; search for them.</p>}
        {chosen && <button type="button" class="quiet" onClick={() => setQuery({ column: undefined })}>As usual</button>}
      </div>
    </Popup>
  );
}
