import type { ComponentChildren } from "preact";
import { useEffect, useId, useState } from "preact/hooks";
import { setQuery, useRoute } from "../route";
import "./filter.css";
import { grouped } from "../words";

/** How long one may pause between letters before what is typed filters, in milliseconds. */
const pause = 150;

/** Puts what filters into the address. A list that is read in parts begins anew. */
const filterBy = (name: string, value: string | readonly string[] | undefined) => setQuery({ [name]: value, cursor: undefined });

/** A field to search in; what is typed stands in the address, under its name. */
export function Search({ name = "q", label, placeholder }: { name?: string; label: string; placeholder?: string }) {
  const inAddress = useRoute().query.get(name) ?? "";
  const [typed, setTyped] = useState<string>();
  useEffect(() => {
    if (typed === undefined) return undefined;
    const timer = setTimeout(() => {
      filterBy(name, typed.trim());
      setTyped(undefined);
    }, pause);
    return () => clearTimeout(timer);
  }, [typed, name]);
  return (
    <input type="search" class="search" aria-label={label} placeholder={placeholder ?? label} maxLength={200} spellcheck={false} autocomplete="off"
      value={typed ?? inAddress} onInput={(event) => setTyped(event.currentTarget.value)} />
  );
}

export interface Chip {
  /** What stands in the address. */
  value: string;
  text: ComponentChildren;
  count?: number | undefined;
  class?: string;
  title?: string;
}

/** Buttons that let through what they name. With none pressed, everything passes; `one` releases the others. */
export function Chips({ name, label, chips, one }: { name: string; label: string; chips: readonly Chip[]; one?: boolean }) {
  const pressed = useRoute().query.getAll(name);
  const press = (value: string) => {
    if (pressed.includes(value)) filterBy(name, pressed.filter((v) => v !== value));
    else filterBy(name, one ? [value] : [...pressed, value]);
  };
  return (
    <span class="chips" role="group" aria-label={label}>
      {chips.map((chip) => (
        <button key={chip.value} type="button" class={`chip ${chip.class ?? ""}`} title={chip.title} aria-pressed={pressed.includes(chip.value)} onClick={() => press(chip.value)}>
          {chip.text}{chip.count !== undefined && <> <b>{grouped(chip.count)}</b></>}
        </button>
      ))}
    </span>
  );
}

/** Lets one of many through; the first choice is everything. */
export function Choice({ name, label, all, choices }: { name: string; label: string; all: string; choices: readonly { value: string; text: string }[] }) {
  const id = useId();
  const chosen = useRoute().query.get(name) ?? "";
  // What somebody else's address names may not be among the choices (any more).
  const known = !chosen || choices.some((choice) => choice.value === chosen);
  return (
    <span class="choice">
      <label for={id}>{label}</label>
      <select id={id} value={chosen} onChange={(event) => filterBy(name, event.currentTarget.value)}>
        <option value="">{all}</option>
        {!known && <option value={chosen}>{chosen}</option>}
        {choices.map((choice) => <option key={choice.value} value={choice.value}>{choice.text}</option>)}
      </select>
    </span>
  );
}

/** A field for a name that has to be whole, with what it may be: it filters once it is left or Enter is pressed. */
export function NameField({ name, label, choices, onFocus }: { name: string; label: string; choices: readonly string[]; onFocus?: () => void }) {
  const id = useId();
  const inAddress = useRoute().query.get(name) ?? "";
  return (
    <>
      <input type="search" class="search" aria-label={label} placeholder={label} maxLength={200} spellcheck={false} autocomplete="off" list={id}
        value={inAddress} onFocus={onFocus} onChange={(event) => filterBy(name, event.currentTarget.value.trim())} />
      <datalist id={id}>{choices.map((choice) => <option key={choice} value={choice} />)}</datalist>
    </>
  );
}

/** Offers to show everything again, if something of these names filters. */
export function ClearFilters({ names }: { names: readonly string[] }) {
  const { query } = useRoute();
  if (!names.some((name) => query.has(name))) return null;
  return <button type="button" class="quiet" onClick={() => setQuery(Object.fromEntries([...names, "cursor"].map((name) => [name, undefined])))}>Show all</button>;
}
