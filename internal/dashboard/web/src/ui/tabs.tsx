import type { ComponentChildren } from "preact";
import "./tabs.css";

export interface Tab {
  name: string;
  /** What stands on it; else its name. */
  text?: ComponentChildren;
}

interface Props {
  /** What all of them are of. */
  label: string;
  tabs: readonly Tab[];
  chosen: string;
  choose: (name: string) => void;
  /** The id of the element that shows what is chosen, which is a tabpanel. */
  panel: string;
}

/** Tabs of which one is chosen. The arrow keys go from one to the other. */
export function Tabs({ label, tabs, chosen, choose, panel }: Props) {
  const press = (event: KeyboardEvent & { currentTarget: HTMLElement }) => {
    const at = tabs.findIndex((tab) => tab.name === chosen);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: tabs.length - 1 }[event.key];
    const next = to === undefined ? undefined : tabs[(to + tabs.length) % tabs.length];
    if (!next || to === undefined) return;
    event.preventDefault();
    choose(next.name);
    event.currentTarget.querySelectorAll<HTMLElement>("[role=tab]")[(to + tabs.length) % tabs.length]?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label={label} onKeyDown={press}>
      {tabs.map(({ name, text }) => (
        <button key={name} type="button" role="tab" aria-selected={name === chosen} aria-controls={panel} tabIndex={name === chosen ? 0 : -1} onClick={() => choose(name)}>
          {text ?? name}
        </button>
      ))}
    </div>
  );
}
