import { parameters } from "./api/call";
import { store, useStore } from "./live/store";

/** A place on the page: what stands behind # in its address, so that it can be shared. */
export interface Route {
  /** The parts of the path, decoded. */
  parts: string[];
  query: URLSearchParams;
}

export function parse(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#?\/?/, "").split("?", 2);
  return { parts: path.split("/").filter(Boolean).map(decoded), query: new URLSearchParams(query) };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Gives the address of a place: href(["monitors", name], { tab: "runs" }). */
export function href(parts: (string | number)[], query: Parameters<typeof parameters>[0] = {}): string {
  const search = parameters(query);
  return `#/${parts.map((part) => encodeURIComponent(part)).join("/")}${search && "?"}${search}`;
}

const current = store(parse(location.hash));

/** Asked before the page goes elsewhere; false: it stays. */
let guard: (() => boolean) | undefined;
let at = location.hash;

addEventListener("hashchange", () => {
  if (location.hash === at) return;
  if (guard && parse(location.hash).parts.join("/") !== parse(at).parts.join("/") && !guard()) {
    history.pushState(null, "", at || "#/");
    return;
  }
  at = location.hash;
  current.set(parse(at));
});

/** Has the function asked before the page goes elsewhere, until the result is called. It is what keeps typed text. */
export function guardLeaving(may: () => boolean): () => void {
  guard = may;
  return () => {
    if (guard === may) guard = undefined;
  };
}

export const useRoute = () => useStore(current);

export function go(address: string) {
  location.hash = address;
}

/** Changes parameters of the place, such as a filter, without a new entry in the history. */
export function setQuery(changes: Record<string, string | readonly string[] | undefined>) {
  const { parts, query } = current.get();
  const next = new URLSearchParams(query);
  for (const [name, value] of Object.entries(changes)) {
    next.delete(name);
    for (const one of typeof value === "string" ? [value] : (value ?? [])) if (one) next.append(name, one);
  }
  const search = next.toString();
  at = `#/${parts.map(encodeURIComponent).join("/")}${search && "?"}${search}`;
  history.replaceState(null, "", at);
  current.set(parse(at));
}
