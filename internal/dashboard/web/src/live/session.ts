import { call, get, onSignedOut, Problem } from "../api/call";
import { forgetEarly } from "../api/early";
import { first } from "../api/first";
import type { Role, Session } from "../api/types";
import { may } from "../words";
import { forget } from "./resource";
import { store, useStore } from "./store";
import { hangUp, listen } from "./stream";

/** Who looks at the page. */
export type Who =
  | { state: "asking" }
  | { state: "outside"; /** Who it was until now: they may come back to what they were at. */ before?: Session }
  | { state: "inside"; session: Session }
  | { state: "unknown"; problem: Problem };

export const who = store<Who>({ state: "asking" });

onSignedOut(() => {
  forgetEarly();
  const was = who.get();
  hangUp();
  if (was.state === "inside") who.set({ state: "outside", before: was.session });
  else if (was.state !== "outside") who.set({ state: "outside" });
});

function enter(session: Session) {
  const was = who.get();
  const before = was.state === "inside" ? was.session : was.state === "outside" ? was.before : session;
  if (before?.name !== session.name) forget();
  who.set({ state: "inside", session });
  listen();
}

/** Asks the server who looks at the page. */
export async function recognise() {
  try {
    enter(await get<Session>(first.session));
  } catch (error) {
    const problem = error as Problem;
    if (problem.status !== 401) who.set({ state: "unknown", problem });
  }
}

export async function signIn(token: string) {
  enter(await call<Session>("POST", "/api/v1/session", { body: { token } }));
}

export async function signOut() {
  await call("DELETE", "/api/v1/session");
  hangUp();
  forget();
  who.set({ state: "outside" });
}

/** Gives who is signed in, or was until their session ended: they may come back to what they were at. */
export function useSession(): Session | undefined {
  const now = useStore(who);
  return now.state === "inside" ? now.session : now.state === "outside" ? now.before : undefined;
}

/** Tells whether who looks at the page may do what asks for a role. What they may not do is not offered. */
export function useMay(needed: Role): boolean {
  const session = useSession();
  return session !== undefined && may(session.role, needed);
}
