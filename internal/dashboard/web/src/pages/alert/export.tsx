import type { Issue } from "../../api/types";
import { saveCSV, saveJSON } from "../../ui/download";
import { fieldsOf } from "../../ui/fields";
import { count } from "../../words";

const own = ["id", "model_id", "status", "created_at", "updated_at", "solved_at", "dropped_at"] as const;

/** Saves issues with all fields of their data, in the order in which they are shown. */
export function Export({ name, issues, fields, selected }: { name: string; issues: readonly Issue[]; fields: readonly string[]; selected: boolean }) {
  const what = `${selected ? "the selected " : ""}${count(issues.length, "issue")}`;
  const asCSV = () => saveCSV(name, [...own, ...fields.map((field) => `data.${field}`)],
    issues.map((issue) => [...own.map((key) => issue[key]), ...fields.map((field) => fieldsOf(issue.data)[field])]));
  return (
    <span class="actions">
      <button type="button" disabled={issues.length === 0} title={`Save ${what} for a spreadsheet, with all fields`} onClick={asCSV}>CSV</button>
      <button type="button" disabled={issues.length === 0} title={`Save ${what} as JSON`} onClick={() => saveJSON(name, issues)}>JSON</button>
    </span>
  );
}
