import { useMemo } from "preact/hooks";
import { useRoute } from "../route";
import { Chips, ClearFilters, Search } from "./filter";
import { filtered, levels, type Line, linesOf, type LogEntry } from "./loglines";
import { Text } from "./value";
import { type Column, Table } from "./virtual";
import { grouped, instant, timeOfDay } from "../words";
import "./log.css";

/** What a filter of the log is called in the address. */
const names = ["level", "q"];

/** Shows the log of a run, as it came. Its filters stand in the address. */
export function Log({ of, live }: { of: readonly LogEntry[]; live: boolean }) {
  const { query } = useRoute();
  const lines = useMemo(() => linesOf(of), [of]);
  const chosen = query.getAll("level"), text = query.get("q") ?? "";
  const shown = useMemo(() => filtered(lines, chosen, text), [lines, chosen.join(), text]);
  if (lines.length === 0) return <p class="empty">{live ? "Its log is here when it has ended." : "It has written nothing to its log."}</p>;
  return (
    <div class="log">
      <div class="head">
        <Chips name="level" label="Levels" chips={levels.flatMap((level) => {
          const count = lines.filter((line) => line.level === level).length;
          return count > 0 ? [{ value: level, text: level, count }] : [];
        })} />
        <Search label="Search in the log" />
        <ClearFilters names={names} />
        <span class="soft" role="status">{shown.length < lines.length && `${grouped(shown.length)} of ${grouped(lines.length)} lines`}</span>
      </div>
      {shown.length > 0
        ? <Table label="Log" rows={shown} columns={columns} keyOf={({ index }) => index} height={33} />
        : <p class="empty">No line is like that.</p>}
    </div>
  );
}

const columns: Column<Line>[] = [
  { name: "Time", width: "7.5rem", cell: ({ at }) => <time dateTime={at} title={instant(new Date(at))} class="number">{clock(at)}</time> },
  { name: "Level", width: "6rem", cell: ({ level }) => <span class={`level at-${level}`}>{level}</span> },
  {
    name: "Message", names: true, cell: ({ message, words }) => (
      <>
        <span class="as-said"><Text of={message} /></span>
        {words.map(([name, value]) => <span key={name} class="pair"> <Text of={name} />=<Text of={value} /></span>)}
      </>
    ),
  },
];

/** Writes the time of day, to the millisecond: lines follow each other quickly. */
const clock = (time: string) => {
  const date = new Date(time);
  return `${timeOfDay(date)}.${String(date.getMilliseconds()).padStart(3, "0")}`;
};
