import { useId } from "preact/hooks";
import { cronInWords } from "./cron";
import type { FieldsProps } from "./silencedialog";

const durations = [["30m", "30 min"], ["2h", "2 h"], ["8h", "8 h"], ["24h", "1 day"], ["168h", "1 week"]] as const;

/** Asks when a silence is in force: once, or again and again. */
export function SilenceTime(props: FieldsProps) {
  const { form, change } = props;
  const name = useId();
  return (
    <fieldset>
      <legend>When</legend>
      <span class="actions">
        <label class="tick"><input type="radio" name={name} checked={!form.recurs} onChange={() => change({ recurs: false })} /> Once</label>
        <label class="tick"><input type="radio" name={name} checked={form.recurs} onChange={() => change({ recurs: true })} /> Again and again</label>
      </span>
      {form.recurs ? <Recurring {...props} /> : <Once {...props} />}
    </fieldset>
  );
}

function Lasts({ form, change, label }: FieldsProps & { label: string }) {
  return (
    <label class="field">
      {label}
      <input maxLength={50} spellcheck={false} placeholder="90m, 2h" value={form.lasts} onInput={(event) => change({ lasts: event.currentTarget.value })} />
    </label>
  );
}

const Moment = ({ label, value, set }: { label: string; value: string; set: (value: string) => void }) => (
  <label class="field">{label}<input type="datetime-local" value={value} onInput={(event) => set(event.currentTarget.value)} /></label>
);

function Once({ form, change }: FieldsProps) {
  return (
    <>
      <div class="actions" role="group" aria-label="How long">
        {durations.map(([value, words]) => (
          <button key={value} type="button" class="chip" aria-pressed={!form.ends && form.lasts === value} onClick={() => change({ lasts: value, ends: "" })}>{words}</button>
        ))}
      </div>
      <div class="fields">
        <Lasts form={form} change={change} label="For" />
        <Moment label="Or until (your time)" value={form.ends} set={(ends) => change({ ends })} />
        <Moment label="From (your time); empty: now" value={form.starts} set={(starts) => change({ starts })} />
      </div>
    </>
  );
}

function Recurring({ form, change }: FieldsProps) {
  const zones = useId();
  const words = cronInWords(form.every);
  return (
    <div class="fields">
      <label class="field">
        Begins, as a cron expression
        <input class="mono" maxLength={200} spellcheck={false} autocomplete="off" placeholder="0 2 * * 0" value={form.every} onInput={(event) => change({ every: event.currentTarget.value })} />
        {words && <span class="soft">{words}</span>}
      </label>
      <Lasts form={form} change={change} label="And lasts, each time" />
      <label class="field">
        In the time zone
        <input list={zones} maxLength={100} spellcheck={false} autocomplete="off" placeholder="that of the server" value={form.zone} onInput={(event) => change({ zone: event.currentTarget.value })} />
        <datalist id={zones}>{Intl.supportedValuesOf("timeZone").map((zone) => <option key={zone} value={zone} />)}</datalist>
      </label>
      <Moment label="Until (your time); empty: without an end" value={form.ends} set={(ends) => change({ ends })} />
    </div>
  );
}
