import { learnTime } from "../live/clock";
import { takeEarly } from "./early";
import { parseJSON } from "./exact";
import { Problem } from "./problem";
import type { Diagnostic } from "./types";

export { Problem };

/** How long an answer may take, in milliseconds, if nothing else is asked for. */
const patience = 15_000;

export interface Options {
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
  /** In milliseconds. */
  patience?: number;
}

export interface Answer<T> {
  data: T;
  etag: string | null;
}

/** Listeners hear of each answer that says that nobody is signed in (any more). */
const outside = new Set<() => void>();
export const onSignedOut = (listener: () => void) => {
  outside.add(listener);
  return () => void outside.delete(listener);
};

/** Asks the API. A failure of any kind is a Problem, but for an abort by the caller. */
export async function ask<T>(method: string, path: string, options: Options = {}): Promise<Answer<T>> {
  const response = await send(method, path, options);
  const text = response.status === 204 ? "null" : await response.text().catch((error: Error) => { throw interrupted(error, options); });
  if (!response.ok) throw refused(response, text);
  try {
    return { data: parseJSON(text) as T, etag: response.headers.get("ETag") };
  } catch {
    throw new Problem(0, "The server's answer is not one of vedette. Is something else at this address?");
  }
}

/** The same, if the ETag does not matter. */
export const call = async <T>(method: string, path: string, options?: Options): Promise<T> =>
  (await ask<T>(method, path, options)).data;

export const get = <T>(path: string, options?: Options) => call<T>("GET", path, options);

async function send(method: string, path: string, options: Options): Promise<Response> {
  const headers: Record<string, string> = { Accept: "application/json", ...options.headers };
  // Says that this page asks, and no other that has the browser send its cookie.
  if (method !== "GET") headers["X-Vedette-Csrf"] = "1";
  const timeout = AbortSignal.timeout(options.patience ?? patience);
  const init: RequestInit = { method, headers, signal: options.signal ? AbortSignal.any([options.signal, timeout]) : timeout };
  if (options.body !== undefined) {
    headers["Content-Type"] = "application/json";
    init.body = JSON.stringify(options.body);
  }
  try {
    const response = await ((method === "GET" ? takeEarly(path) : undefined) ?? fetch(path, init));
    options.signal?.throwIfAborted();
    learnTime(response.headers.get("Date"));
    return response;
  } catch (error) {
    throw interrupted(error as Error, options);
  }
}

function interrupted(error: Error, options: Options): Error {
  if (options.signal?.aborted) return error;
  if (error.name === "TimeoutError") return new Problem(0, "The server takes too long to answer.");
  return new Problem(0, "The server cannot be reached.");
}

interface ProblemBody {
  detail?: string;
  title?: string;
  diagnostics?: Diagnostic[] | null;
  errors?: { message?: string; location?: string }[] | null;
}

function refused(response: Response, text: string): Problem {
  let body: ProblemBody = {};
  try {
    body = JSON.parse(text) as ProblemBody;
  } catch {
    // A proxy in between answered.
  }
  if (response.status === 401) outside.forEach((listener) => listener());
  const details = (body.errors ?? []).map((e) => [e.location, e.message].filter(Boolean).join(": "));
  return new Problem(response.status, body.detail || body.title || `The server answered ${response.status}.`, body.diagnostics ?? [], details);
}

/** Puts together a path below /api/v1 of parts that may hold any characters, and parameters. */
export function path(parts: (string | number)[], query: Query = {}): string {
  const search = parameters(query);
  return `/api/v1/${parts.map((part) => encodeURIComponent(part)).join("/")}${search && "?"}${search}`;
}

export type Query = Record<string, string | number | boolean | readonly (string | number)[] | undefined>;

/** Writes parameters; those that are undefined, empty or false are left out. */
export function parameters(query: Query): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === "" || value === false) continue;
    for (const one of Array.isArray(value) ? value : [value]) search.append(name, String(one));
  }
  return search.toString();
}
