import type { Event } from "../api/types";
import { commentOf } from "./happened";
import { Text } from "./value";
import "./said.css";

/** Names who did something. */
export const Actor = ({ of }: { of: string }) => <b><Text of={of} /></b>;

/** What somebody wrote about what they did, if they did. */
export function Said({ event }: { event: Event }) {
  const comment = commentOf(event);
  return comment ? <q class="said"><Text of={comment} /></q> : null;
}
