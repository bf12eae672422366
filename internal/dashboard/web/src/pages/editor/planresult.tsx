import type { components } from "../../api/schema";
import { areNumbers } from "../../ui/fields";
import { Text, Value } from "../../ui/value";
import { count, grouped } from "../../words";

type PreviewQuery = components["schemas"]["PreviewQuery"];
type PreviewRow = components["schemas"]["PreviewRow"];
type PreviewCut = components["schemas"]["PreviewCut"];

/** How many characters of a text have room in a cell until somebody asks for more. */
const textMost = 120;

/** Shows how the result of a query begins, and how much more of it there is. */
export function QueryResult({ query: { sample, rows }, name }: { query: PreviewQuery; name: string }) {
  if (!sample) return null;
  if (rows === 0) return <p class="soft">No rows.</p>;
  if (sample.rows.length === 0) return <p class="soft">{count(rows, "row")}. None is shown: the results of the queries before took all the room that there is.</p>;
  const { columns, column_count: all } = sample;
  const numbers = columns.map((_, column) => areNumbers(sample.rows.map((row) => row.values[column])));
  return (
    <>
      <div class="scroll result" role="region" tabIndex={0} aria-label={`Rows of ${name}`}>
        <table>
          <thead><tr>{columns.map((column, i) => <th key={i} scope="col" class={numbers[i] ? "number" : undefined}><Text of={column} /></th>)}</tr></thead>
          <tbody>{sample.rows.map((row, i) => <Row key={i} row={row} numbers={numbers} />)}</tbody>
        </table>
      </div>
      {sample.rows.length < rows && <p class="soft">The first {grouped(sample.rows.length)} of {count(rows, "row")}.</p>}
      {columns.length < all && <p class="soft">The first {grouped(columns.length)} of {count(all, "column")}.</p>}
    </>
  );
}

const Row = ({ row: { values, cut }, numbers }: { row: PreviewRow; numbers: readonly boolean[] }) => (
  <tr>
    {values.map((value, i) => {
      const whole = cut.find(({ column }) => column === i);
      return <td key={i} class={numbers[i] ? "number" : undefined}>{whole ? <Beginning of={String(value)} whole={whole} /> : <Value of={value} most={textMost} />}</td>;
    })}
  </tr>
);

/** The beginning of what is too long to be sent whole. */
const Beginning = ({ of, whole: { kind, characters } }: { of: string; whole: PreviewCut }) => (
  <>
    {kind === "json" ? <code><Value of={of} most={textMost} /></code> : <Value of={of} most={textMost} />}
    <span class="soft"> Cut: the whole has {count(characters, "character")}.</span>
  </>
);
