import type { Routine } from "../api/types";
import { Excerpt } from "./excerpt";
import { type Frame, framesOf, placeOf } from "./frames";
import { Text } from "./value";
import "./traceback.css";

interface TracebackProps {
  of: NonNullable<Routine["error"]>;
  /** The files of the version that ran, as far as they are at hand. */
  files: Record<string, string>;
}

/** Shows an error at the line of code where it happened, and the calls on the way to it. */
export function Traceback({ of: { message, position, traceback }, files }: TracebackProps) {
  const frames = framesOf(traceback);
  const at = placeOf(position);
  // What has happened inside of a builtin has the place of its call.
  const last: Frame | undefined = frames.at(-1) ?? (at && { ...at, name: "" });
  return (
    <div class="traceback">
      <p class="bad as-said"><Text of={message} /></p>
      {last && <Step of={last} files={files} />}
      {frames.length > 1 && (
        <details>
          <summary>How it came there: {frames.map(({ name }) => name).join(" → ")}</summary>
          {frames.slice(0, -1).map((frame, i) => <Step key={i} of={frame} files={files} />)}
        </details>
      )}
      {traceback && (
        <details>
          <summary>Traceback as text</summary>
          <pre tabIndex={0}>{traceback}</pre>
        </details>
      )}
    </div>
  );
}

function Step({ of: { file, line, column, name }, files }: { of: Frame; files: Record<string, string> }) {
  const text = files[file];
  return (
    <div class="step">
      <p><code>{file}:{line}:{column}</code>{name && <> in <code>{name}</code></>}</p>
      {text !== undefined && <Excerpt text={text} file={file} line={line} column={column} />}
    </div>
  );
}
