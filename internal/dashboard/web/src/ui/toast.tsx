import { useEffect } from "preact/hooks";
import { store, useStore } from "../live/store";

interface Toast {
  id: number;
  kind: "done" | "failed";
  text: string;
}

const toasts = store<Toast[]>([]);
let last = 0;

/** How long what went well is shown, in milliseconds. What failed stays until it is closed. */
const shown = 5000;

/** Tells what became of an action, wherever on the page one is. */
export function toast(kind: Toast["kind"], text: string) {
  toasts.set([...toasts.get().slice(-4), { id: ++last, kind, text }]);
}

const close = (id: number) => toasts.set(toasts.get().filter((t) => t.id !== id));

export function Toasts() {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {useStore(toasts).map((t) => <Message key={t.id} {...t} />)}
    </div>
  );
}

function Message({ id, kind, text }: Toast) {
  useEffect(() => {
    if (kind === "failed") return undefined;
    const timer = setTimeout(close, shown, id);
    return () => clearTimeout(timer);
  }, [id, kind]);
  return (
    <div class={`toast ${kind}`}>
      <span>{text}</span>
      <button type="button" class="quiet" aria-label="Close this message" onClick={() => close(id)}>✕</button>
    </div>
  );
}
