import type { Monitor } from "../../api/types";
import { href } from "../../route";

const tabs = { now: "Now", documentation: "Documentation", executions: "Executions", versions: "Versions" };

/** A part of the page; it stands in the address, but for the first one. */
export type Tab = keyof typeof tabs;

/** What each part of the page gets. */
export interface TabProps {
  monitor: Monitor;
  query: URLSearchParams;
}

const isTab = (name: string): name is Tab => Object.hasOwn(tabs, name);
const all = Object.keys(tabs).filter(isTab);

export function tabOf(query: URLSearchParams): Tab {
  const name = query.get("tab") ?? "";
  return isTab(name) ? name : "now";
}

export const Tabs = ({ monitor, at }: { monitor: Monitor; at: Tab }) => (
  <nav class="places" aria-label={`About ${monitor.name}`}>
    {all.map((tab) => (
      <a key={tab} href={href(["monitors", monitor.name], tab === "now" ? {} : { tab })} aria-current={tab === at ? "page" : undefined}>{tabs[tab]}</a>
    ))}
  </nav>
);
