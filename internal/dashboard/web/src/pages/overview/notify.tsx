import { notifying, turnOff, turnOn } from "../../live/notify";
import { useStore } from "../../live/store";
import { Action } from "../../ui/basics";

/** Turns notifications of this browser on and off. */
export function NotifyChoice() {
  const now = useStore(notifying);
  if (now === "impossible") return null;
  if (now === "denied") return <span class="soft">This browser blocks notifications of this page.</span>;
  const title = "While this page is open and not seen, new alerts that nobody has acknowledged or silenced are shown on your desktop.";
  return now === "on"
    ? <button type="button" title={title} onClick={turnOff}>🔔 Desktop notifications are on</button>
    : <Action title={title} run={turnOn}>Notify me on this desktop</Action>;
}
