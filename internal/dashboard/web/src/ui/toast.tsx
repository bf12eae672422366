import { useEffect } from "preact/hooks";
import { store, useStore } from "../live/store";

interface Offer {
  name: string;
  press: () => void;
}

interface Toast {
  id: number;
  kind: "done" | "failed" | "waiting";
  text: string;
  /** A button that stands in it. */
  offer: Offer | undefined;
}

const toasts = store<Toast[]>([]);
let last = 0;

/** How long what went well is shown, in milliseconds. All else stays until it is closed. */
const shown = 5000;

/** Tells what became of an action, wherever on the page one is. The result is what it can be closed by. */
export function toast(kind: Toast["kind"], text: string, offer?: Offer): number {
  toasts.set([...toasts.get().slice(-4), { id: ++last, kind, text, offer }]);
  return last;
}

/** Closes what was told. */
export const dismiss = (id: number) => toasts.set(toasts.get().filter((t) => t.id !== id));

export function Toasts() {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {useStore(toasts).map((t) => <Message key={t.id} {...t} />)}
    </div>
  );
}

function Message({ id, kind, text, offer }: Toast) {
  useEffect(() => {
    if (kind !== "done") return undefined;
    const timer = setTimeout(dismiss, shown, id);
    return () => clearTimeout(timer);
  }, [id, kind]);
  return (
    <div class={`toast ${kind}`}>
      <span>{text}</span>
      {offer
        ? <button type="button" onClick={offer.press}>{offer.name}</button>
        : <button type="button" class="quiet" aria-label="Close this message" onClick={() => dismiss(id)}>✕</button>}
    </div>
  );
}
