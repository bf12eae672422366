import { useId, useState } from "preact/hooks";
import { call, path } from "../api/call";
import type { Monitor, Page, Silence } from "../api/types";
import { changed, useResource } from "../live/resource";
import { allPriorities, priorities } from "../words";
import { useDeed } from "./deed";
import { Dialog } from "./dialog";
import { emptySilence, flaw, requestOf, type SilenceForm } from "./silenceform";
import { SilenceTime } from "./silencetime";
import { toast } from "./toast";
import { DeedButtons, Outcome } from "./waiting";
import "./silencedialog.css";

/** What a field of the form gets: what is typed, and how it is changed. */
export interface FieldsProps {
  form: SilenceForm;
  change: (some: Partial<SilenceForm>) => void;
}

/** Asks for what a silence needs, and adds it. */
export function SilenceDialog({ first, onClose }: { first: Partial<SilenceForm>; onClose: () => void }) {
  const [form, setForm] = useState<SilenceForm>({ ...emptySilence, ...first });
  const deed = useDeed();
  const change = (some: Partial<SilenceForm>) => setForm((now) => ({ ...now, ...some }));
  const close = () => (deed.busy ? deed.stop() : onClose());
  const add = async (event: SubmitEvent) => {
    event.preventDefault();
    const wrong = flaw(form);
    if (wrong) return deed.refuse(wrong);
    const added = await deed.run(async (signal) => {
      const { id } = await call<Silence>("POST", path(["silences"]), { body: requestOf(form), signal });
      toast("done", `Silence ${id} is added.`);
    });
    if (!added) return;
    changed();
    onClose();
  };
  return (
    <Dialog title="Add a silence" onClose={close}>
      <p class="soft">While it is in force, nobody is notified of the alerts it is about. Monitors run on, and what is still wrong when it is over is told then.</p>
      <form class="silence" onSubmit={(event) => void add(event)}>
        <About form={form} change={change} />
        <SilenceTime form={form} change={change} />
        <label class="field">
          Why
          <textarea rows={2} required maxLength={2000} value={form.comment} onInput={(event) => change({ comment: event.currentTarget.value })} />
        </label>
        <Outcome of={deed} />
        <DeedButtons deed={deed} yes="Add" cancel={close} />
      </form>
    </Dialog>
  );
}

function About({ form, change }: FieldsProps) {
  const names = useId();
  const monitors = useResource<Page<Monitor>>(path(["monitors"], { limit: 1000 }), { every: 0 });
  return (
    <fieldset>
      <legend>Alerts that fulfil all of this</legend>
      <div class="fields">
        <label class="field">
          Monitor
          <input list={names} maxLength={200} spellcheck={false} autocomplete="off" placeholder="any" value={form.monitor} onInput={(event) => change({ monitor: event.currentTarget.value })} />
          <datalist id={names}>{monitors.data?.items.map(({ name }) => <option key={name} value={name} />)}</datalist>
        </label>
        <label class="field">
          Priority
          <select value={form.priority} onChange={(event) => change({ priority: event.currentTarget.value })}>
            <option value="">any</option>
            {allPriorities.map((one) => <option key={one} value={one}>{one === 1 ? "critical and less important: all" : `${priorities[one]}${one < 5 ? " and less important" : ""}`}</option>)}
          </select>
        </label>
        <label class="field">
          Labels of the monitor
          <input maxLength={2000} spellcheck={false} placeholder="team: shop, tier: 1" value={form.labels} onInput={(event) => change({ labels: event.currentTarget.value })} />
        </label>
        <label class="field">
          Issue, by its id
          <input type="number" min={1} step={1} placeholder="alerts as a whole" value={form.issue} onInput={(event) => change({ issue: event.currentTarget.value })} />
        </label>
      </div>
      <label class="tick"><input type="checkbox" checked={form.everything} onChange={(event) => change({ everything: event.currentTarget.checked })} /> Everything: all alerts of all monitors</label>
    </fieldset>
  );
}
