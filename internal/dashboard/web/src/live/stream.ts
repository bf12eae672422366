import type { Event } from "../api/types";
import { events } from "../words";
import { store } from "./store";

/** How the page hears of changes. `since` is when it last did, in milliseconds of this machine. */
export interface Connection {
  state: "connecting" | "live" | "lost";
  since: number;
}

export const connection = store<Connection>({ state: "connecting", since: Date.now() });

const listeners = new Set<(event: Event) => void>();

/** Hears each event of the platform from now on. */
export function onEvent(listener: (event: Event) => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** How long to wait before asking anew where the browser has given up, in milliseconds. */
const again = 3000;

let source: EventSource | undefined;
let later = 0;

/** Opens the stream, for as long as somebody is signed in. The browser connects again by itself, after the last event it saw. */
export function listen() {
  hangUp();
  source = new EventSource("/api/v1/events/stream");
  source.onopen = () => connection.set({ state: "live", since: Date.now() });
  source.onerror = () => {
    if (connection.get().state !== "lost") connection.set({ state: "lost", since: Date.now() });
    // The browser gives up when it is refused, by a proxy that lost its server too.
    if (source?.readyState === EventSource.CLOSED) later = window.setTimeout(listen, again);
  };
  for (const name of Object.keys(events)) source.addEventListener(name, hear);
}

/** Closes the stream. */
export function hangUp() {
  clearTimeout(later);
  source?.close();
  source = undefined;
}

function hear(message: MessageEvent<string>) {
  const event = JSON.parse(message.data) as Event;
  listeners.forEach((listener) => listener(event));
}
