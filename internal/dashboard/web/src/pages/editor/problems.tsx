import type { Diagnostic } from "../../api/types";
import { count } from "../../words";
import type { Spot } from "./code/code";
import type { Findings } from "./findings";

type GoTo = (spot: Spot) => void;

/** Lists what is wrong in the files, each with a link to its line. */
export function Problems({ findings: { list, state, problem }, goTo }: { findings: Findings; goTo: GoTo }) {
  return (
    <>
      {problem && <p class="bad" role="alert">The code cannot be checked: {problem.message} It is tried again.</p>}
      <p class="soft" role="status" aria-live="polite">
        {list.length > 0 ? summary(list) : state === "checking" ? "Checking …" : problem ? "" : "No mistakes were found."}
      </p>
      <ProblemList list={list} goTo={goTo} />
    </>
  );
}

export function summary(list: readonly Diagnostic[]): string {
  const errors = list.filter((finding) => finding.severity === "error").length;
  const warnings = list.length - errors;
  return [errors > 0 && count(errors, "error"), warnings > 0 && count(warnings, "warning")].filter(Boolean).join(", ");
}

export function ProblemList({ list, goTo }: { list: readonly Diagnostic[]; goTo: GoTo }) {
  return (
    <ul class="problems">
      {list.map((finding, i) => (
        <li key={i} class={finding.severity}>
          <span class="severity">{finding.severity}</span>
          <Position {...finding} goTo={goTo} />
          <span class="message">{finding.message}</span>
        </li>
      ))}
    </ul>
  );
}

/** A place in the code that one can go to. */
export function Position({ file, line, column, goTo }: { file: string; line: number; column: number; goTo: GoTo }) {
  if (!file) return null;
  return (
    <button type="button" class="position" onClick={() => goTo({ file, line: Math.max(line, 1), column: Math.max(column, 1) })}>
      {file}{line > 0 && `:${line}`}{line > 0 && column > 0 && `:${column}`}
    </button>
  );
}

/** Reads what the server writes of a place: file:line:column. */
export function spotOf(position: string): Spot | undefined {
  const [, file, line, column] = /^(.+?):(\d+)(?::(\d+))?$/.exec(position) ?? [];
  return file ? { file, line: Number(line), column: Number(column ?? 1) } : undefined;
}
