// Asks for what the first view needs while the page itself is still being loaded, so
// that the answers are there when it is. It is bundled apart from all else, to be small.
import { first } from "./api/first";

/** How long an answer may take, in milliseconds. */
const patience = 15_000;

const early = (globalThis.early = new Map<string, Promise<Response>>());

function ask(path: string) {
  const answer = fetch(path, { headers: { Accept: "application/json" }, signal: AbortSignal.timeout(patience) });
  // Whoever takes the answer hears what went wrong; nobody may take it.
  answer.catch(() => {});
  early.set(path, answer);
}

ask(first.session);
// Other pages show other things.
if (/^(#\/?)?(\?.*)?$/.test(location.hash)) ask(first.alerts);
