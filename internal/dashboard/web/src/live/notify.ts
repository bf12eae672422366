import type { Alert } from "../api/types";
import { go, href } from "../route";
import { count, priorities } from "../words";
import { store } from "./store";

const key = "vedette-notify";

/** Whether this browser is to notify: asked for here, and allowed by the browser. */
export type Notifying = "on" | "off" | /** The browser does not let the page. */ "denied" | /** The browser cannot, or the page is not served securely. */ "impossible";

function read(): Notifying {
  if (!("Notification" in window) || !window.isSecureContext) return "impossible";
  if (Notification.permission === "denied") return "denied";
  return Notification.permission === "granted" && localStorage.getItem(key) === "on" ? "on" : "off";
}

export const notifying = store<Notifying>(read());

/** Asks the browser, which asks the person. */
export async function turnOn() {
  localStorage.setItem(key, "on");
  await Notification.requestPermission();
  notifying.set(read());
}

export function turnOff() {
  localStorage.removeItem(key);
  notifying.set(read());
}

/** How many alerts get a notification each; more get one together. */
const single = 3;

/** Shows alerts on the desktop, where that is on. */
export function notify(alerts: readonly Alert[]) {
  if (read() !== "on") return;
  if (alerts.length > single) {
    const worst = Math.min(...alerts.map(({ priority }) => priority));
    show(`${alerts.length} alerts wait for somebody`, `The most important is ${priorities[worst]}.`, "vedette-alerts", "#/");
    return;
  }
  for (const { id, priority, monitor, active_issues } of alerts) {
    show(`${priorities[priority]}: ${monitor}`, count(active_issues, "active issue"), `vedette-alert-${id}`, href(["alerts", id]));
  }
}

function show(title: string, body: string, tag: string, address: string) {
  try {
    // Of equal tags, the browser shows the last one: several windows tell of it once.
    const notification = new Notification(title, { body, tag, icon: "/assets/icon.svg" });
    notification.onclick = () => {
      window.focus();
      go(address);
      notification.close();
    };
  } catch {
    // Some browsers on phones have notifications for installed pages only.
    notifying.set("impossible");
  }
}
