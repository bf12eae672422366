import { useEffect } from "preact/hooks";
import { store, useStore } from "../live/store";

const seen = store(false);
let waiting = false;

/**
 * Tells whether something of the page has been seen. What nobody waits for begins
 * then: on a slow computer it would keep the page from being shown.
 */
export function usePainted(): boolean {
  useEffect(() => {
    if (waiting) return;
    waiting = true;
    // A frame begins before it is drawn; what is done after a turn follows that.
    const turn = () => setTimeout(() => seen.set(true));
    // A page that is hidden has no frames, and need not wait.
    if (document.hidden) turn();
    else requestAnimationFrame(turn);
  }, []);
  return useStore(seen);
}
