import { Component, type ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import { useNarrow } from "./narrow";
import { SortChoice } from "./sortchoice";
import { useVisible } from "./visible";
import "./virtual.css";

/** A column of a table, with what stands in it for a row. */
export interface Column<T> {
  /** Its heading; on a phone it stands before what is in the cell. */
  name: string;
  cell: (row: T) => ComponentChildren;
  /** CSS length. Columns without one share what is left. */
  width?: string;
  /** Class of its cells; "number" is for numbers. */
  class?: string;
  /** What stands in the heading instead of its name: a box that selects all, nothing to see for a column of buttons. */
  heading?: ComponentChildren;
  /** By what the rows are sorted if the heading is pressed. Without it they cannot be sorted by this column. */
  sort?: string;
  /** Whether the cell names the row, as a heading does. One column should. */
  names?: boolean;
}

export interface Sorting {
  by: string;
  descending: boolean;
}

interface TableProps<T> {
  /** What the table holds, for who cannot see it. */
  label: string;
  rows: readonly T[];
  columns: readonly Column<T>[];
  keyOf: (row: T) => string | number;
  /** Class of a row. */
  classOf?: (row: T) => string | undefined;
  class?: string;
  /** About how high a row is, in pixels. */
  height?: number;
  /** Of how many rows these are the first ones, if there are more; -1: nobody knows. */
  total?: number;
  sorting?: Sorting | undefined;
  onSort?: (sorting: Sorting) => void;
  /** Whether columns may need more room than the page has: the table then scrolls sideways instead of squeezing them. */
  wide?: boolean;
}

/**
 * A table of any number of rows that scrolls with the page. Of a long one, only
 * what can be seen is drawn, and those who hear it are told how long it is.
 */
export function Table<T>(props: TableProps<T>) {
  const { label, rows, columns, keyOf, height = 41, wide } = props;
  const body = useRef<HTMLTableSectionElement>(null);
  const narrow = useNarrow();
  const visible = useVisible(body, rows.length, { keyOf: (index) => keyAt(rows, index, keyOf), height });
  const total = props.total ?? rows.length;
  // Roles are written out: browsers forget those of tables that are drawn as cards.
  const table = (
    <table role="table" class={`rows ${props.class ?? ""}`} aria-label={label} aria-rowcount={total < 0 ? -1 : total + 1}>
      <colgroup>{columns.map((column) => <col key={column.name} style={column.width ? { width: column.width } : undefined} />)}</colgroup>
      <thead role="rowgroup">
        <tr role="row" aria-rowindex={1}>{columns.map((column) => <Heading key={column.name} column={column} {...props} />)}</tr>
      </thead>
      <tbody role="rowgroup" ref={body}>
        <Space of={visible.before} columns={columns.length} />
        {visible.indexes.map((index) => {
          const row = rows[index];
          if (row === undefined) return null;
          return <Row key={keyOf(row)} row={row} index={index} columns={columns} class={props.classOf?.(row)} measure={visible.measure} />;
        })}
        <Space of={visible.after} columns={columns.length} />
      </tbody>
    </table>
  );
  if (narrow && !wide && props.onSort) return <><SortChoice columns={columns} sorting={props.sorting} onSort={props.onSort} />{table}</>;
  return wide ? <div class="scroll" tabIndex={0} role="region" aria-label={`${label}, may be scrolled sideways`}>{table}</div> : table;
}

function keyAt<T>(rows: readonly T[], index: number, keyOf: (row: T) => string | number) {
  const row = rows[index];
  return row === undefined ? index : keyOf(row);
}

function Heading<T>({ column, sorting, onSort }: { column: Column<T> } & TableProps<T>) {
  const { sort, name } = column;
  if (!sort || !onSort) return <th role="columnheader" scope="col" class={column.class}>{column.heading ?? name}</th>;
  const direction = sorting?.by !== sort ? "none" : sorting.descending ? "descending" : "ascending";
  return (
    <th role="columnheader" scope="col" class={column.class} aria-sort={direction}>
      <button type="button" class="quiet sort" onClick={() => onSort({ by: sort, descending: direction === "ascending" })}>
        {name}<span aria-hidden="true">{{ none: "", ascending: " ↑", descending: " ↓" }[direction]}</span>
      </button>
    </th>
  );
}

interface RowProps<T> {
  row: T;
  index: number;
  columns: readonly Column<T>[];
  class: string | undefined;
  measure: (element: Element | null) => void;
}

/** Is drawn again only if something of it changed: rows are many, and a table that scrolls is drawn often. */
class Row<T> extends Component<RowProps<T>> {
  override shouldComponentUpdate(next: RowProps<T>) {
    const { row, index, columns, class: of, measure } = this.props;
    return next.row !== row || next.index !== index || next.columns !== columns || next.class !== of || next.measure !== measure;
  }

  override render({ row, index, columns, class: of, measure }: RowProps<T>) {
    return (
      <tr role="row" ref={measure} data-index={index} aria-rowindex={index + 2} class={of}>
        {columns.map((column) => <Cell key={column.name} column={column} row={row} />)}
      </tr>
    );
  }
}

function Cell<T>({ column, row }: { column: Column<T>; row: T }) {
  if (column.names) return <th role="rowheader" scope="row" class={column.class}>{column.cell(row)}</th>;
  return <td role="cell" data-name={column.heading === undefined ? column.name : undefined} class={column.class}>{column.cell(row)}</td>;
}

/** Takes the room of the rows that are not drawn. */
function Space({ of, columns }: { of: number; columns: number }) {
  if (of <= 0) return null;
  return <tr class="space" aria-hidden="true"><td colSpan={columns} style={{ height: `${of}px` }} /></tr>;
}
