import { path } from "../../api/call";
import type { Monitor } from "../../api/types";
import { useResource } from "../../live/resource";
import { type PageProps, useTitle } from "../../shell/content";
import { Loaded } from "../../ui/basics";
import { Documentation } from "./documentation";
import { Executions } from "./executions";
import { Head } from "./head";
import { Missing } from "./missing";
import { Now } from "./now";
import { Problems } from "./problems";
import { type Tab, tabOf, Tabs } from "./tabs";
import { Versions } from "./versions";
import "./monitor.css";

const contents: Record<Tab, typeof Now> = { now: Now, documentation: Documentation, executions: Executions, versions: Versions };

/** All about one monitor. */
export function MonitorPage({ subject, query }: PageProps) {
  useTitle(subject);
  const monitor = useResource<Monitor>(path(["monitors", subject]), { monitor: subject });
  if (monitor.problem?.status === 404) return <Missing name={subject} />;
  const tab = tabOf(query);
  const Content = contents[tab];
  return (
    <Loaded of={monitor}>
      {(data) => (
        <>
          <Head monitor={data} />
          <Problems monitor={data} />
          <Tabs monitor={data} at={tab} />
          <Content monitor={data} query={query} />
        </>
      )}
    </Loaded>
  );
}
