import { useMemo, useState } from "preact/hooks";
import { diffLines, linesOf, type Run } from "./linediff";
import { grouped } from "../words";
import "./diff.css";

/** How many lines that are the same are shown around those that are not. */
const around = 3;
/** How many lines are drawn until more are asked for. */
const atOnce = 1500;

type Files = Record<string, string>;

/** Names what is in only one of two folders, or differs, in the order of names. */
export function changedFiles(before: Files, after: Files): { name: string; kind: "added" | "removed" | "changed" }[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.filter((name) => before[name] !== after[name])
    .map((name) => ({ name, kind: before[name] === undefined ? "added" : after[name] === undefined ? "removed" : "changed" }));
}

/** Shows what differs between the files of two versions, one after the other. */
export function FilesDiff({ before, after, same = "The files are the same." }: { before: Files; after: Files; same?: string }) {
  const changes = useMemo(() => changedFiles(before, after), [before, after]);
  if (changes.length === 0) return <p class="empty">{same}</p>;
  return (
    <>
      {changes.map(({ name, kind }) => (
        <section key={name} class="diff-file">
          <h3><code>{name}</code>{kind !== "changed" && <span class="tag">{kind}</span>}</h3>
          <Diff label={name} before={before[name] ?? ""} after={after[name] ?? ""} />
        </section>
      ))}
    </>
  );
}

/** Shows the lines of two texts that differ, with some around them. */
export function Diff({ label, before, after }: { label: string; before: string; after: string }) {
  const runs = useMemo(() => diffLines(linesOf(before), linesOf(after)), [before, after]);
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const [most, setMost] = useState(atOnce);
  const rows = useMemo(() => runs.flatMap((run, i) => rowsOf(run, i, open.has(i), i === 0, i === runs.length - 1)), [runs, open]);
  if (runs.every((run) => run.kind === "same")) {
    return <p class="soft">{before === after ? "No line differs." : "Only the line break at the end differs."}</p>;
  }
  return (
    <div class="diff" role="region" aria-label={`Difference of ${label}`} tabIndex={0}>
      <table>
        <thead class="hidden"><tr><th>Line before</th><th>Line after</th><th>Change</th><th>Text</th></tr></thead>
        <tbody>
          {rows.slice(0, most).map((row) => row.kind === "folded" ? (
            <tr key={row.key} class="folded">
              <td colSpan={4}><button type="button" class="quiet" onClick={() => setOpen(new Set([...open, row.run]))}>⋯ {row.count} lines that are the same</button></td>
            </tr>
          ) : (
            <tr key={row.key} class={row.kind}>
              <td class="at">{row.old}</td><td class="at">{row.new}</td>
              <td class="sign">{{ same: "", added: "+", removed: "−" }[row.kind]}{row.kind !== "same" && <span class="hidden">{row.kind}</span>}</td>
              <td class="line">{row.text}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > most && <button type="button" onClick={() => setMost(most + 10 * atOnce)}>Show more of the {grouped(rows.length)} lines</button>}
    </div>
  );
}

type Row =
  | { kind: Run["kind"]; key: string; old: number | ""; new: number | ""; text: string }
  | { kind: "folded"; key: string; run: number; count: number };

/** Gives the lines of a run; the middle of one that is the same is folded, unless it is open. */
function rowsOf(run: Run, index: number, open: boolean, first: boolean, last: boolean): Row[] {
  const line = (text: string, i: number): Row => ({
    kind: run.kind, key: `${index}.${i}`, text,
    old: run.kind === "added" ? "" : run.old + i + 1, new: run.kind === "removed" ? "" : run.new + i + 1,
  });
  const lines = run.lines;
  const head = first ? 0 : around, tail = last ? 0 : around;
  if (run.kind !== "same" || open || lines.length <= head + tail + 1) return lines.map(line);
  return [
    ...lines.slice(0, head).map(line),
    { kind: "folded", key: `${index}.folded`, run: index, count: lines.length - head - tail },
    ...lines.slice(lines.length - tail).map((text, i) => line(text, lines.length - tail + i)),
  ];
}
