import { type Store, store } from "../../live/store";
import { changedFiles } from "../../ui/diff";
import { codeFile, type Files, namesOf, sameFiles, withFile } from "./files";
import { type Keeper, withChanges } from "./kept";

/** What is stored, as it was when the text that is typed began to differ from it. */
export interface Base {
  files: Files;
  /** 0: there is no monitor of that name yet. */
  version: number;
  /** What If-Match has to say, so that nothing is replaced that nobody has seen. */
  etag: string;
}

/** A monitor that is being written. */
export interface Workspace {
  monitor: string;
  base: Base;
  files: Files;
  /** When what is shown again was typed, in milliseconds of this machine; undefined: nothing was kept. */
  restored: number | undefined;
  /** false: the browser keeps nothing, so that a reload would lose what is typed. */
  safe: boolean;
}

/** What can be done to a workspace. All of it is kept in the browser. */
export interface Desk extends Store<Workspace> {
  edit(name: string, text: string): void;
  add(name: string): void;
  rename(from: string, to: string): void;
  remove(name: string): void;
  /** Puts other files in the place of those that are there. */
  replace(files: Files): void;
  /** Says that something else is stored now; what is typed stays. */
  rebase(base: Base): void;
  /** Goes back to what is stored. */
  discard(): void;
  /** Keeps at once what is typed, if it was not kept yet. */
  flush(): void;
}

/** How long to wait for the next letter before what is typed is kept, in milliseconds. */
const pause = 250;

/** Opens a monitor with what was typed and not saved, which may have been made from an older version: `baseOf` reads that. */
export async function openDesk(monitor: string, stored: Base, keep: Keeper, baseOf: (version: number) => Promise<Files>): Promise<Desk> {
  const kept = keep.read();
  if (!kept) return newDesk({ monitor, base: stored, files: stored.files, restored: undefined, safe: true }, keep);
  const old = kept.etag !== stored.etag && kept.version > 0;
  const base = old ? { files: await baseOf(kept.version), version: kept.version, etag: kept.etag } : stored;
  const files = withChanges(base.files, kept.changes);
  // What was saved by another tab meanwhile needs no keeping.
  if (sameFiles(files, stored.files)) {
    keep.forget();
    return newDesk({ monitor, base: stored, files, restored: undefined, safe: true }, keep);
  }
  return newDesk({ monitor, base, files, restored: kept.at, safe: true }, keep);
}

export function newDesk(start: Workspace, keep: Keeper): Desk {
  const state = store(start);
  let timer = 0;
  const flush = () => {
    if (!timer) return;
    clearTimeout(timer);
    timer = 0;
    const { base, files } = state.get();
    if (sameFiles(base.files, files)) keep.forget();
    const safe = keep.write(base.files, files, base);
    if (safe !== state.get().safe) state.set({ ...state.get(), safe });
  };
  const change = (next: Partial<Workspace>) => {
    state.set({ ...state.get(), ...next });
    clearTimeout(timer);
    timer = Number(setTimeout(flush, pause));
  };
  const put = (name: string, text: string | undefined) => change({ files: withFile(state.get().files, name, text) });
  return {
    ...state,
    edit: put,
    add: (name) => put(name, ""),
    rename: (from, to) => change({ files: withFile(withFile(state.get().files, from, undefined), to, state.get().files[from] ?? "") }),
    remove: (name) => put(name, undefined),
    replace: (files) => change({ files }),
    rebase: (base) => change({ base, restored: undefined }),
    discard: () => change({ files: state.get().base.files, restored: undefined }),
    flush,
  };
}

export const unsaved = ({ base, files }: Workspace) => base.files !== files && changedFiles(base.files, files).length > 0;

/** Names the file that is shown: the one that is asked for, else the code. */
export function shownFile(files: Files, asked: string | null): string {
  if (asked !== null && Object.hasOwn(files, asked)) return asked;
  return Object.hasOwn(files, codeFile) ? codeFile : (namesOf(files)[0] ?? "");
}
