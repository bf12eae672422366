import type { CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import type { Knowledge } from "./knowledge";

/** The first words of statements that only read: what looks like anything else is no SQL. */
const reads = /^\s*(?:--[^\n]*\n\s*)*(?:select|with|explain|values)\b/i;

/** Completes names of tables, and of their columns, in a statement that begins at `from`. */
export function sqlCompletion(context: CompletionContext, from: number, know: Knowledge): CompletionResult | null {
  const text = context.state.sliceDoc(from, context.pos);
  if (!reads.test(text)) return null;
  const [typed = ""] = /\w*$/.exec(text) ?? [];
  const afterPoint = /\.\w*$/.test(text);
  if (!typed && !afterPoint && !context.explicit) return null;
  const tables = [...know.databases.values()].flat();
  // A statement names its tables after its columns: all of it counts, and what stands behind it does no harm.
  const whole = context.state.sliceDoc(from, Math.min(context.state.doc.length, context.pos + 4000)).toLowerCase();
  const columns = tables.flatMap((table) => {
    const used = new RegExp(`\\b${table.name.toLowerCase().replace(/[^\w]/g, ".")}\\b`).test(whole);
    return table.columns.map((column) => ({ label: column.name, detail: `${column.type} · ${table.name}`, type: "property", boost: used ? 2 : -2 }));
  });
  const options = afterPoint ? columns : [...columns, ...tables.map((table) => ({ label: table.reference, detail: table.kind, type: "class", boost: 1 }))];
  return options.length > 0 ? { from: context.pos - typed.length, options, validFor: /^\w*$/ } : null;
}
