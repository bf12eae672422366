import { useCallback, useEffect, useState } from "preact/hooks";
import { get, type Options, path } from "../../api/call";
import { writeJSON } from "../../api/exact";
import type { Alert, Issue, Page } from "../../api/types";
import { type Resource, useResource } from "../../live/resource";

/** How many issues of an alert are read, and of how many characters. */
export const mostIssues = 10_000;
const mostCharacters = 100_000_000;

/** The first part is small, so that it is there soon, and tells how large the others may be. */
const firstPart = 100;
const largestPart = 1000;
const charactersOfPart = 4_000_000;

/** More issues than that are not read at each change, but that many milliseconds apart. */
const many = 500;
const pauseOfMany = 15_000;

export interface Issues {
  items: Issue[];
  /** Whether there are more than were read. */
  more: boolean;
}

/** Reads the issues of an alert part by part, and tells after each how many it has. */
async function readIssues(from: string, options: Options, heard: (items: Issue[]) => void): Promise<Issues> {
  const items: Issue[] = [];
  let part = firstPart, cursor: string | null = null, characters = 0;
  do {
    const address: string = `${from}&limit=${part}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ""}`;
    const page: Page<Issue> = await get<Page<Issue>>(address, options);
    items.push(...page.items);
    heard(items);
    cursor = page.next_cursor;
    const size = cursor ? writeJSON(page.items.map((issue) => issue.data)).length : 0;
    characters += size;
    part = Math.min(largestPart, mostIssues - items.length, Math.max(10, Math.floor((charactersOfPart * page.items.length) / size)));
  } while (cursor && part > 0 && characters < mostCharacters);
  return { items, more: cursor !== null };
}

/** The issues of an alert, kept up to date. While they are read for the first time, those that have come are there as `coming`. */
export function useIssues(alert: Alert, status: string): { issues: Resource<Issues>; coming: Issue[] | undefined } {
  const [coming, setComing] = useState<Issue[]>();
  const address = path(["issues"], { alert_id: alert.id, status: status === "all" ? undefined : status });
  useEffect(() => setComing(undefined), [address]);
  const read = useCallback((from: string, options: Options) => readIssues(from, options, (items) => setComing([...items])), []);
  const crowd = alert.active_issues > many || (coming?.length ?? 0) > many;
  const issues = useResource<Issues>(address, crowd
    ? { monitor: alert.monitor, every: 4 * pauseOfMany, pause: pauseOfMany, read }
    : { monitor: alert.monitor, read });
  return { issues, coming: issues.data ? undefined : coming };
}
