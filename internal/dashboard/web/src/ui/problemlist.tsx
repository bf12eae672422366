import type { ComponentChildren } from "preact";
import type { Diagnostic } from "../api/types";
import { Excerpt } from "./excerpt";
import { Text } from "./value";

/** Where something was found: file:line:column. */
export const place = ({ file, line, column }: Diagnostic) => [file, line || undefined, (line && column) || undefined].filter(Boolean).join(":");

/** Lists what was found in code, with the lines it is about where the files are at hand. */
export const ProblemList = ({ problems, files = {} }: { problems: readonly Diagnostic[]; files?: Record<string, string> }) => (
  <ul class="problem-list">{problems.map((problem, i) => <li key={i}><Found problem={problem} text={files[problem.file]} /></li>)}</ul>
);

function Found({ problem, text }: { problem: Diagnostic; text: string | undefined }): ComponentChildren {
  const { severity, message, file, line, column } = problem;
  return (
    <>
      <p>
        <strong class={severity === "error" ? "bad" : undefined}>{severity}</strong>{" "}
        {file && <code>{place(problem)}</code>} <span class="as-said"><Text of={message} /></span>
      </p>
      {text !== undefined && <Excerpt text={text} file={file} line={line} column={column} />}
    </>
  );
}
