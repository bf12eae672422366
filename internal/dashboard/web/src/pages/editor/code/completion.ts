import { type Completion, type CompletionContext, type CompletionResult, snippetCompletion } from "@codemirror/autocomplete";
import { type EditorState } from "@codemirror/state";
import { codeFile, isShared, testFile } from "../files";
import { fill } from "./docs";
import { definitions, type Knowledge, type Word } from "./knowledge";
import { type Call, type Place, placeAt } from "./place";
import { sqlCompletion } from "./sqlcompletion";

const word = /[A-Za-z_]\w*$/;

/** Completes code: what the platform offers, what the monitor defines, and names of databases, tables, and files in strings. */
export const completion = (file: string, know: Knowledge) => (context: CompletionContext): CompletionResult | null => {
  const place = placeAt(context.state, context.pos);
  if (place.comment) return null;
  if (place.string) return inString(context, place, place.string, know);
  const line = context.state.doc.lineAt(context.pos);
  const before = line.text.slice(0, context.pos - line.from);
  const member = /([A-Za-z_]\w*)\.(\w*)$/.exec(before);
  if (member) return members(context.pos - (member[2] ?? "").length, member[1] ?? "", know);
  if (/(?:^|[^\w])\d\w*$/.test(before)) return null;
  const typed = word.exec(before)?.[0] ?? "";
  const from = context.pos - typed.length;
  if (/^def\s+\w*$/.test(before)) return { from, options: entryPoints(know), validFor: /^\w*$/ };
  const named = place.call && !place.call.begun && place.call.keyword === undefined ? parameters(place.call, know) : [];
  if (!typed && !context.explicit && (named.length === 0 || !/[(,]\s*$/.test(before))) return null;
  return { from, options: [...named, ...(from === line.from ? entryPoints(know, true) : []), ...names(file, know, context.state)], validFor: /^\w*$/ };
};

/** Whether a word can be used in a file. */
const usable = (file: string) => ({ place }: Word) => place !== "tests" || file === testFile;

const info = ({ signature, doc }: { signature: string; doc: string }) => () => {
  const box = document.createElement("div");
  fill(box, signature, doc);
  return box;
};

function names(file: string, know: Knowledge, state: EditorState): Completion[] {
  const offered = know.words.filter((w) => ["builtin", "universal"].includes(w.kind) && !w.name.includes(".") && usable(file)(w));
  const modules = [...new Set(know.words.filter((w) => w.name.includes(".") && usable(file)(w)).map((w) => w.name.split(".")[0] ?? ""))];
  const own = definitions(state.doc.toString());
  const imported = file === testFile ? definitions(know.files()[codeFile] ?? "") : [];
  return [
    ...own.map(({ name, detail, kind }) => ({ label: name, detail, type: kind, boost: 2 })),
    ...imported.map(({ name, detail, kind }) => ({ label: name, detail: `${detail} of ${codeFile}: load() it`, type: kind, boost: -2 })),
    ...offered.map((w) => ({ label: w.name, type: "function", boost: w.kind === "universal" ? -1 : 1, info: info(w) })),
    ...modules.map((label) => ({ label, type: "namespace" })),
    ...["def", "for", "if", "elif", "else", "return", "lambda", "not", "and", "or", "in", "pass", "break", "continue", "load", "True", "False", "None"]
      .map((label) => ({ label, type: "keyword", boost: -1 })),
  ];
}

function members(from: number, module: string, know: Knowledge): CompletionResult | null {
  const options = know.words.filter((w) => w.name.startsWith(`${module}.`))
    .map((w) => ({ label: w.name.slice(module.length + 1), type: w.kind === "constant" ? "constant" : "function", info: info(w) }));
  return options.length > 0 ? { from, options, validFor: /^\w*$/ } : null;
}

/** The functions that the platform looks for; `whole`: def is not there yet. */
function entryPoints(know: Knowledge, whole = false): Completion[] {
  return know.words.filter((w) => w.kind === "entry_point").map((w) =>
    snippetCompletion(`${whole ? "def " : ""}${w.signature}:\n    \${}`, { label: whole ? `def ${w.name}` : w.name, type: "function", info: info({ signature: `def ${w.signature}`, doc: w.doc }), boost: 3 }));
}

function parameters(call: Call, know: Knowledge): Completion[] {
  if (call.name === "monitor") return know.words.filter((w) => w.kind === "option").map((w) => parameter(w));
  const called = know.words.find((w) => w.name === call.name && w.kind !== "option");
  return (called?.parameters ?? []).filter((p) => !p.signature.startsWith("*")).map((p) => parameter(p));
}

const parameter = ({ name, signature, doc }: { name: string; signature: string; doc: string }): Completion =>
  ({ label: name, detail: "=", apply: `${name} = `, type: "property", info: info({ signature, doc }), boost: 4 });

function inString(context: CompletionContext, place: Place, { from, long }: { from: number; long: boolean }, know: Knowledge): CompletionResult | null {
  const call = place.call?.name ?? "";
  const first = place.call?.argument === 0 && place.call.keyword === undefined;
  const known = (labels: string[], type: string) => ({ from, options: labels.map((label) => ({ label, type })), validFor: /^[^"'\s]*$/ });
  if (["query", "fake_query"].includes(call) && (first || place.call?.keyword === "database")) return known([...know.databases.keys()], "enum");
  const files = Object.keys(know.files());
  if (call === "read_file") return known(files.filter((name) => !isShared(name) && !name.endsWith(".star")), "text");
  if (call === "load" && first) return known(files.filter((name) => name.endsWith(".star")), "text");
  if (call === "fake_query" && !long) return known(files.filter((name) => name.endsWith(".sql")), "text");
  if (call === "query" || long) return sqlCompletion(context, from, know);
  return null;
}
