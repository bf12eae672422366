import { useState } from "preact/hooks";
import type { components } from "../../api/schema";
import { href } from "../../route";
import { Tag } from "../../ui/basics";
import { DataDiff } from "../../ui/datadiff";
import { fieldsOf } from "../../ui/fields";
import { Brief, Text } from "../../ui/value";
import { Part } from "./plan";
import { grouped } from "../../words";

type PreviewIssue = components["schemas"]["PreviewIssue"];

/** How many are drawn until more are asked for. */
const atOnce = 20;
const reasons: Record<string, string> = { predicate: "is_solved says so", missing: "update did not return it" };

export function PlanIssues({ title, issues }: { title: string; issues: readonly PreviewIssue[] }) {
  const [most, setMost] = useState(atOnce);
  if (issues.length === 0) return null;
  return (
    <Part title={`${title} (${grouped(issues.length)})`}>
      <ul class="plan-issues">{issues.slice(0, most).map((issue) => <PlanIssue key={issue.model_id} issue={issue} />)}</ul>
      {issues.length > most && <button type="button" onClick={() => setMost(most + 10 * atOnce)}>Show more</button>}
    </Part>
  );
}

function PlanIssue({ issue: { id, model_id, before, data, reason } }: { issue: PreviewIssue }) {
  const name = <strong><Text of={model_id} /></strong>;
  return (
    <li>
      <p>{id === null ? name : <a href={href(["issues", id])}>{name}</a>} {reason && <Tag>{reasons[reason] ?? reason}</Tag>}</p>
      {before ? <DataDiff before={before} after={data} /> : (
        <p class="data">{Object.entries(fieldsOf(data)).map(([field, value]) => <span key={field}><span class="soft"><Text of={field} />:</span> <Brief of={value} /></span>)}</p>
      )}
    </li>
  );
}
