import { StreamLanguage, type StringStream } from "@codemirror/language";

const keywords = new Set((
  "all and any array as asc between by case cast collate cross current current_date current_timestamp date default desc distinct else end escape except exists extract " +
  "false fetch filter first following for from full group having ilike in inner intersect interval into is isnull join last lateral left like limit natural not notnull " +
  "null nulls offset on only or order outer over partition preceding range recursive right row rows select similar some table then ties time timestamp true unbounded " +
  "union unique using values when where window with within zone"
).split(" "));

interface State {
  /** Whether the text is in a comment that goes over lines. */
  comment: boolean;
}

/** Tells the words of SQL apart, well enough to be read; the database says what is wrong in them. */
export const sql = StreamLanguage.define<State>({
  name: "sql",
  startState: () => ({ comment: false }),
  token: (stream, state) => {
    if (state.comment) return comment(stream, state);
    if (stream.eatSpace()) return null;
    if (stream.match("--")) {
      stream.skipToEnd();
      return "lineComment";
    }
    if (stream.match("/*")) return comment(stream, state);
    if (stream.match(/^'(?:[^']|'')*'?/)) return "string";
    if (stream.match(/^"(?:[^"]|"")*"?/)) return "variableName";
    if (stream.match(/^\d+(?:\.\d+)?/)) return "number";
    if (stream.match(/^(?:\$\d+|\?|@\w+|:\w+)/)) return "null";
    const word = stream.match(/^\w+/);
    if (!Array.isArray(word)) stream.next();
    else if (keywords.has(word[0].toLowerCase())) return "keyword";
    else if (stream.peek() === "(") return "variableName.function";
    return null;
  },
  languageData: { commentTokens: { line: "--", block: { open: "/*", close: "*/" } } },
});

function comment(stream: StringStream, state: State): string {
  state.comment = !stream.match(/^.*?\*\//);
  if (state.comment) stream.skipToEnd();
  return "blockComment";
}
