import { Empty } from "../../ui/basics";
import { Markdown } from "../../ui/markdown";
import type { TabProps } from "./tabs";

/** What somebody has written about the monitor: what is wrong when it finds something, and what to do. */
export function Documentation({ monitor: { documentation, summary } }: TabProps) {
  const text = documentation || summary;
  if (!text) return <Empty>Nobody has written about this monitor yet: a README.md beside its code is shown here.</Empty>;
  return <div class="card"><Markdown text={text} below={1} /></div>;
}
