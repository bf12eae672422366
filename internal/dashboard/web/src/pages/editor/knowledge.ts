import { useEffect, useMemo } from "preact/hooks";
import { get, path } from "../../api/call";
import type { components } from "../../api/schema";
import type { Page } from "../../api/types";
import { useMay } from "../../live/session";
import type { Knowledge, Table, Word } from "./code/knowledge";
import type { Desk } from "./workspace";

type Database = components["schemas"]["Database"];

interface Growing extends Knowledge {
  words: readonly Word[];
  databases: Map<string, readonly Table[]>;
}

/** The words change only with the server, which a page does not outlive by much. */
let words: Promise<Page<Word>> | undefined;

/** Reads what completion is made from. Where that fails, there is less to be completed, and nothing else is lost. */
export function useKnowledge(desk: Desk): Knowledge {
  const editor = useMay("editor");
  const know = useMemo<Growing>(() => ({ words: [], databases: new Map(), files: () => desk.get().files }), [desk]);
  useEffect(() => {
    const ending = new AbortController();
    const options = { signal: ending.signal };
    words ??= get<Page<Word>>(path(["language"]));
    words.then(({ items }) => { know.words = items; }, () => { words = undefined; });
    const read = async () => {
      const { items } = await get<Page<Database>>(path(["databases"]), options);
      for (const { name } of items) know.databases.set(name, []);
      if (!editor) return; // tables are for those who write monitors
      for (const { name } of items) {
        const tables = await get<Page<Table>>(path(["databases", name, "tables"]), options).catch(() => undefined);
        if (tables) know.databases.set(name, tables.items);
      }
    };
    read().catch(() => {});
    return () => ending.abort();
  }, [know, editor]);
  return know;
}
