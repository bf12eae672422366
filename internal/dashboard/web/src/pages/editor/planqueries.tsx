import type { components } from "../../api/schema";
import { Text } from "../../ui/value";
import { count, grouped, took } from "../../words";
import { Part } from "./plan";
import { QueryResult } from "./planresult";

type PreviewQuery = components["schemas"]["PreviewQuery"];
type PreviewCall = components["schemas"]["PreviewCall"];

/** How many are drawn; the server tells of more. */
const most = 100;
/** So few are unfolded at once: what they gave is what one looks for. */
const few = 3;

export function PlanQueries({ queries, total }: { queries: readonly PreviewQuery[]; total: number }) {
  if (total === 0) return null;
  return (
    <Part title={`Queries (${grouped(total)})`}>
      {queries.slice(0, most).map((query, i) => <PlanQuery key={i} query={query} number={i + 1} open={total <= few} />)}
      <Rest shown={Math.min(queries.length, most)} total={total} />
    </Part>
  );
}

function PlanQuery({ query, number, open }: { query: PreviewQuery; number: number; open: boolean }) {
  const { routine, database, sql, arguments: args, rows, seconds, error } = query;
  return (
    <details class="query" open={open}>
      <summary>
        <code>{database}</code> in {routine}: {error ? <span class="bad">failed</span> : count(rows, "row")}, {took(seconds * 1000)}
        {args > 0 && `, ${count(args, "argument")}`}
      </summary>
      {error && <p class="bad message"><Text of={error} /></p>}
      <pre tabIndex={0} role="region" aria-label={`Statement of query ${number}`}>{unindent(sql)}</pre>
      <QueryResult query={query} name={`query ${number}`} />
    </details>
  );
}

export function PlanCalls({ calls, total }: { calls: readonly PreviewCall[]; total: number }) {
  if (total === 0) return null;
  return (
    <Part title={`HTTP calls (${grouped(total)})`}>
      <ul class="plain">
        {calls.slice(0, most).map(({ routine, method, url, status, bytes, seconds, error }, i) => (
          <li key={i}>
            <code>{method} <Text of={url} /></code> in {routine}: {status > 0 && `${status}, `}{error ? <span class="bad message"><Text of={error} /></span> : count(bytes, "byte")}, {took(seconds * 1000)}
          </li>
        ))}
      </ul>
      <Rest shown={Math.min(calls.length, most)} total={total} />
    </Part>
  );
}

const Rest = ({ shown, total }: { shown: number; total: number }) => (shown < total ? <p class="soft">{grouped(total - shown)} more are not shown.</p> : null);

/** Takes away what all lines begin with: statements are indented as the code around them. */
function unindent(text: string): string {
  const lines = text.replace(/^\s*\n|\s+$/g, "").split("\n");
  const indent = Math.min(...lines.filter((line) => line.trim()).map((line) => /^\s*/.exec(line)?.[0].length ?? 0));
  return lines.map((line) => line.slice(indent)).join("\n");
}
