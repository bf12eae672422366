// Keeps unsaved text in the browser: nothing that was typed is lost by a reload, a crash, or the end of a session.
import { type Files, sameFiles } from "./files";

/** What was typed and not saved. */
export interface Kept {
  /** The version that it was made from; 0: there was no monitor. */
  version: number;
  /** What If-Match has to say so that it replaces nothing else. */
  etag: string;
  /** Text by name, of those files that differ from that version; null: it was deleted. */
  changes: Record<string, string | null>;
  /** When it was typed, in milliseconds of this machine. */
  at: number;
}

/** Each tab keeps its own, since two tabs may show the same monitor. */
const prefix = "vedette-draft/";
/** What nobody came back to in that many milliseconds is forgotten. */
const lasts = 30 * 24 * 3_600_000;

export function changesOf(base: Files, files: Files): Kept["changes"] {
  const changes: Kept["changes"] = {};
  for (const name of Object.keys(base)) if (!Object.hasOwn(files, name)) changes[name] = null;
  for (const [name, text] of Object.entries(files)) if (base[name] !== text) changes[name] = text;
  return changes;
}

export function withChanges(base: Files, changes: Kept["changes"]): Files {
  const files: Record<string, string> = { ...base };
  for (const [name, text] of Object.entries(changes)) {
    if (text === null) delete files[name];
    else files[name] = text;
  }
  return files;
}

/** Where a browser keeps text; Storage is one. */
export type Shelf = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

export interface Keeper {
  /** Gives what was kept last of the monitor, by this tab if it did. */
  read(): Kept | undefined;
  /** Tells whether it could be kept: a browser may have no room, or keep nothing. */
  write(base: Files, files: Files, of: { version: number; etag: string }): boolean;
  /** Forgets what this tab keeps, and what it has read; not what another tab has typed since then. */
  forget(): void;
}

/** Keeps the text of one monitor. `who` types it, and `tab` is told apart from others by its name. */
export function keeper(shelf: Shelf, { who, monitor, tab }: { who: string; monitor: string; tab: string }): Keeper {
  const group = `${prefix}${encodeURIComponent(who)}/${encodeURIComponent(monitor)}/`;
  const own = group + tab;
  let taken: [key: string, text: string] | undefined;
  return {
    read() {
      const found = sweep(shelf, group);
      const chosen = found.find(([key]) => key === own) ?? found.sort((a, b) => b[1].at - a[1].at)[0];
      taken = chosen && chosen[0] !== own ? [chosen[0], shelf.getItem(chosen[0]) ?? ""] : undefined;
      return chosen?.[1];
    },
    write(base, files, { version, etag }) {
      try {
        if (sameFiles(base, files)) shelf.removeItem(own);
        else shelf.setItem(own, JSON.stringify({ version, etag, changes: changesOf(base, files), at: Date.now() } satisfies Kept));
        return true;
      } catch {
        return false;
      }
    },
    forget() {
      shelf.removeItem(own);
      if (taken && shelf.getItem(taken[0]) === taken[1]) shelf.removeItem(taken[0]);
    },
  };
}

/** Gives what is kept of a monitor, and forgets what is too old, of any. */
function sweep(shelf: Shelf, group: string): [string, Kept][] {
  const found: [string, Kept][] = [];
  for (const key of Array.from({ length: shelf.length }, (_, i) => shelf.key(i) ?? "")) {
    if (!key.startsWith(prefix)) continue;
    const kept = parse(shelf.getItem(key) ?? "");
    if (!kept || kept.at < Date.now() - lasts) shelf.removeItem(key);
    else if (key.startsWith(group)) found.push([key, kept]);
  }
  return found;
}

function parse(text: string): Kept | undefined {
  try {
    const kept = JSON.parse(text) as Partial<Kept>;
    const whole = typeof kept.version === "number" && typeof kept.etag === "string" && typeof kept.at === "number" && typeof kept.changes === "object";
    return whole ? (kept as Kept) : undefined;
  } catch {
    return undefined;
  }
}
