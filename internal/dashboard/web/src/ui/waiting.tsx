import { useNow } from "../live/clock";
import { Failure } from "./basics";
import type { Deed } from "./deed";
import "./waiting.css";

/** After that many milliseconds without an answer, it is said that there is none. */
export const slow = 3000;

/** Says that the server takes its time, or what went wrong. It stands in the form, above its buttons. */
export function Outcome({ of: { busy, since, problem } }: { of: Deed }) {
  return (
    <>
      <div role="status">{busy && <Slow since={since} />}</div>
      {problem && <Failure problem={problem} changes />}
    </>
  );
}

function Slow({ since }: { since: number }) {
  useNow();
  const waited = Date.now() - since;
  if (waited < slow) return null;
  // The seconds are for the eye: each of them read out would be too much.
  return <p class="slow">The server has not answered yet<span aria-hidden="true">, for {Math.round(waited / 1000)} s</span>.</p>;
}

/** Cancel and the button that does it. While it is under way, the first one ends the waiting instead. */
export function DeedButtons({ deed: { busy, stop }, yes, dangerous, cancel }: { deed: Deed; yes: string; dangerous?: boolean | undefined; cancel: () => void }) {
  return (
    <div class="buttons">
      <button type="button" onClick={busy ? stop : cancel}>{busy ? "Stop waiting" : "Cancel"}</button>
      <button type="submit" class={dangerous ? "danger" : "strong"} aria-disabled={busy} aria-busy={busy}>{yes}</button>
    </div>
  );
}
