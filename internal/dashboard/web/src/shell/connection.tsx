import { useNow } from "../live/clock";
import { useStore } from "../live/store";
import { connection } from "../live/stream";
import { duration } from "../words";

/** How long the page may be without a connection before it warns loudly, in milliseconds. */
const patience = 5000;

/** Says whether the page hears of changes, and since when it does not. */
export function ConnectionState() {
  const { state } = useStore(connection);
  return <span class={`connection ${state}`} role="status">{{ connecting: "connecting …", live: "live", lost: "connection lost" }[state]}</span>;
}

/** Stands above everything while the connection is lost: what is shown may be old. */
export function ConnectionWarning() {
  const { state, since } = useStore(connection);
  useNow();
  const lasts = Date.now() - since;
  if (state === "live" || lasts < patience) return null;
  return (
    <p class="warning" role="alert">
      The connection to the server was lost {duration(lasts)} ago. What you see may be old; the page keeps trying, and catches up by itself.
    </p>
  );
}
