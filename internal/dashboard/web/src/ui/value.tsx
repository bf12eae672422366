// Values of data. Data is hostile: all of it is shown as text, also what cannot be seen in it.
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { writeJSON } from "../api/exact";
import { count } from "../words";
import { isFields } from "./fields";
import { OuterLink, safeAddress } from "./link";
import { codeName, cut, parts } from "./marks";
import "./value.css";

/** How many characters of a text are shown before somebody asks for all. */
const textMost = 400;
/** How many characters have room in the cell of a table. */
const cellMost = 90;
/** How many entries of a list or an object are shown at a time. */
const entriesMost = 100;

/** Text as it is: it cannot change what stands beside it, and what cannot be seen is named. */
export function Text({ of }: { of: string }) {
  return (
    <bdi class="text">
      {parts(of).map((part, i) => (typeof part === "string" ? part : <span key={i} class="mark" title="a character that cannot be seen">{codeName(part.code)}</span>))}
    </bdi>
  );
}

/** A value, whole: what is long or deep can be unfolded. `most` is how many characters of a text are shown before that. */
export function Value({ of, most = textMost }: { of: unknown; most?: number }) {
  if (typeof of === "string") return <LongText of={of} most={most} />;
  if (Array.isArray(of)) return <Folded of={of.map((one, i): Entry => [String(i), one])} what={count(of.length, "entry", "entries")} />;
  if (isFields(of)) return <Folded of={Object.entries(of)} what={count(Object.keys(of).length, "field")} />;
  return <Plain of={of} />;
}

/** The beginning of text that has little room. */
export const BriefText = ({ of }: { of: string }) => <Text of={shorten(of)} />;

/** The beginning of a value, in one line. */
export function Brief({ of }: { of: unknown }) {
  if (typeof of === "string") return of === "" ? <Plain of="" /> : <Linked text={of}><BriefText of={of} /></Linked>;
  if (Array.isArray(of) || isFields(of)) return <code><BriefText of={writeJSON(of)} /></code>;
  return <Plain of={of} />;
}

const shorten = (text: string) => (text.length > cellMost ? `${cut(text, cellMost)} …` : text);

/** What is neither text nor made of other values. */
function Plain({ of }: { of: unknown }) {
  if (of === undefined) return <span class="soft">–</span>;
  if (of === null || of === "") return <span class="soft">{of === null ? "null" : "empty text"}</span>;
  return <span class="number">{String(of)}</span>;
}

function Linked({ text, children }: { text: string; children: ComponentChildren }) {
  const address = /^https?:\/\/\S+$/.test(text) ? safeAddress(text) : undefined;
  return address ? <OuterLink to={address}>{children}</OuterLink> : <>{children}</>;
}

function LongText({ of, most }: { of: string; most: number }) {
  const [all, setAll] = useState(false);
  if (of === "") return <Plain of="" />;
  if (of.length <= most) return <Linked text={of}><Text of={of} /></Linked>;
  return (
    <>
      <span class={all ? "text long" : "text"} {...(all ? { tabIndex: 0, role: "region", "aria-label": "The whole text" } : {})}>
        <Text of={all ? of : `${cut(of, most)} …`} />
      </span>
      <button type="button" class="quiet" aria-expanded={all} onClick={() => setAll(!all)}>
        {all ? "Show less" : `Show all ${count(of.length, "character")}`}
      </button>
    </>
  );
}

type Entry = [name: string, value: unknown];

/** What is inside is drawn when it is unfolded. */
function Folded({ of, what }: { of: Entry[]; what: string }) {
  const [open, setOpen] = useState(false);
  if (of.length === 0) return <span class="soft">{what}</span>;
  return (
    <details onToggle={(event) => { event.stopPropagation(); setOpen(event.currentTarget.open); }}>
      <summary>{what}</summary>
      {open && <Entries of={of} />}
    </details>
  );
}

/** Names with their values. */
export function Entries({ of }: { of: Entry[] }) {
  const [shown, setShown] = useState(entriesMost);
  return (
    <>
      <dl class="facts entries">
        {of.slice(0, shown).map(([name, value]) => <div key={name}><dt><Text of={name} /></dt><dd><Value of={value} /></dd></div>)}
      </dl>
      {of.length > shown && (
        <button type="button" class="quiet" onClick={() => setShown(shown + 10 * entriesMost)}>Show more: {count(of.length - shown, "is", "are")} left out</button>
      )}
    </>
  );
}
