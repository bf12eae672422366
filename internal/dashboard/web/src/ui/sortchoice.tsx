import { useId } from "preact/hooks";
import type { Column, Sorting } from "./virtual";

interface Props<T> {
  columns: readonly Column<T>[];
  sorting: Sorting | undefined;
  onSort: (sorting: Sorting) => void;
}

/** Sorts rows that are drawn as cards: those have no headings to press. */
export function SortChoice<T>({ columns, sorting, onSort }: Props<T>) {
  const id = useId();
  const choices = columns.filter((column) => column.sort);
  if (choices.length === 0) return null;
  const descending = sorting?.descending ?? false;
  return (
    <p class="sort-choice">
      <label for={id}>Sort by</label>
      <select id={id} value={sorting?.by ?? ""} onChange={(event) => onSort({ by: event.currentTarget.value, descending })}>
        {!choices.some(({ sort }) => sort === sorting?.by) && <option value={sorting?.by ?? ""}>–</option>}
        {choices.map(({ name, sort }) => <option key={sort} value={sort}>{name}</option>)}
      </select>
      <button type="button" disabled={!sorting} onClick={() => sorting && onSort({ by: sorting.by, descending: !descending })}>
        {descending ? "↓ descending" : "↑ ascending"}
      </button>
    </p>
  );
}
