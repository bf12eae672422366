import { useEffect, useRef } from "preact/hooks";
import { path } from "../../api/call";
import type { VersionDetail } from "../../api/types";
import { useResource } from "../../live/resource";
import { setQuery } from "../../route";
import { Loaded } from "../../ui/basics";
import { FilesDiff } from "../../ui/diff";

interface ComparisonProps {
  name: string;
  from: number;
  to: number;
  current: number;
}

/** Shows what differs between two versions; either can be chosen. */
export function Comparison({ name, from, to, current }: ComparisonProps) {
  const before = useVersion(name, from), after = useVersion(name, to);
  const place = useRef<HTMLElement>(null);
  // It stands below the list, out of sight of who has asked for it.
  useEffect(() => place.current?.scrollIntoView({ block: "start" }), []);
  return (
    <section ref={place} aria-labelledby="comparison" class="comparison">
      <div class="head">
        <h2 id="comparison">From version {from} to {to}{to === current && " (current)"}</h2>
        <VersionField label="from" value={from} most={current} onChange={(value) => setQuery({ from: value })} />
        <VersionField label="to" value={to} most={current} onChange={(value) => setQuery({ to: value })} />
        <span class="actions">
          <button type="button" onClick={() => setQuery({ from: `${to}`, to: `${from}` })}>Swap</button>
          <button type="button" onClick={() => setQuery({ from: undefined, to: undefined })}>Close</button>
        </span>
      </div>
      <Loaded of={before}>
        {(old) => <Loaded of={after}>{(next) => <FilesDiff before={old.files} after={next.files} same="Both versions have the same files." />}</Loaded>}
      </Loaded>
    </section>
  );
}

/** A version never changes: it is read once. */
const useVersion = (name: string, number: number) => useResource<VersionDetail>(path(["monitors", name, "versions", number]), { every: 0 });

const VersionField = ({ label, value, most, onChange }: { label: string; value: number; most: number; onChange: (value: string) => void }) => (
  <label class="choice">{label} <input type="number" min={1} max={most} value={value} onChange={(event) => onChange(event.currentTarget.value)} /></label>
);
