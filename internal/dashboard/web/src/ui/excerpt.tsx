import "./excerpt.css";

/** How many lines are shown before and after the one that is meant. */
const around = 3;
/** What is longer is cut: lines that programs write have no end. */
const longest = 500;

/** Shows a line of code with those around it, and the place in it that is meant. */
export function Excerpt({ text, file, line, column = 0 }: { text: string; file: string; line: number; column?: number }) {
  const lines = text.split(/\r?\n/);
  if (line < 1 || line > lines.length) return null;
  const first = Math.max(1, line - around);
  return (
    <pre class="excerpt" tabIndex={0} role="region" aria-label={`${file}, line ${line}`}>
      {lines.slice(first - 1, line + around).map((code, i) => {
        const at = first + i;
        const meant = at === line;
        return (
          <span key={at} class={meant ? "row meant" : "row"}>
            <span class="at">{at}</span>
            <code>
              {meant && <span class="hidden">Here: </span>}
              {meant && column > 0 && column <= Math.min(code.length, longest)
                ? <>{code.slice(0, column - 1)}<mark>{/^\w+|^./su.exec(code.slice(column - 1, longest))?.[0]}</mark>{rest(code, column)}</>
                : code.slice(0, longest)}
              {code.length > longest && "…"}
              {"\n"}
            </code>
          </span>
        );
      })}
    </pre>
  );
}

const rest = (code: string, column: number) => code.slice(column - 1, longest).replace(/^\w+|^./su, "");
