import type { Monitor } from "../../api/types";
import { useMay, useSession } from "../../live/session";

/** Tells why nobody, or not who is signed in, can make or change monitors here; undefined: they can. */
export function useRefusal(): string | undefined {
  const editor = useMay("editor");
  if (useSession()?.monitors_read_only) return "On this server, monitors come from its folder only (http_server.monitor_register is false).";
  return editor ? undefined : "Changing monitors takes the role editor, which you do not have.";
}

/** Tells why a monitor cannot be changed here; undefined if it can. `refusal` is what holds for all monitors. */
export function reasonOf({ read_only: why }: Pick<Monitor, "read_only">, refusal: string | undefined): string | undefined {
  if (why === "folder") return "This monitor comes from the server's folder of monitors: change it there.";
  if (why === "example") return "This is one of the examples that come with vedette: they stay as they are while they are loaded (monitors.load_examples).";
  return refusal;
}
