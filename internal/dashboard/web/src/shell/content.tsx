import type { ComponentType } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Overview } from "../pages/overview";
import { type Route, useRoute } from "../route";
import { lazy } from "../ui/lazy";

export { useTitle } from "./title";

/** A page gets what stands in its address behind its name. */
export interface PageProps {
  /** An id or a name. */
  subject: string;
  query: URLSearchParams;
}

type PageOf = ComponentType<PageProps>;

const pages: Record<string, PageOf> = {
  "": Overview,
  alerts: lazy<PageProps>(() => import("../pages/alert").then((m) => m.AlertPage)),
  issues: lazy<PageProps>(() => import("../pages/issue").then((m) => m.IssuePage)),
  monitor: lazy<PageProps>(() => import("../pages/monitor").then((m) => m.MonitorPage)),
  monitors: lazy<PageProps>(() => import("../pages/monitors").then((m) => m.MonitorsPage)),
  executions: lazy<PageProps>(() => import("../pages/execution").then((m) => m.ExecutionPage)),
  events: lazy<PageProps>(() => import("../pages/events").then((m) => m.EventsPage)),
  silences: lazy<PageProps>(() => import("../pages/silences").then((m) => m.SilencesPage)),
  edit: lazy<PageProps>(() => import("../pages/editor").then((m) => m.EditorPage)),
};

/** Finds the page of an address: #/monitors/NAME/edit is the editor, #/new is it with nothing in it. */
function pageOf({ parts: [name = "", subject = "", more = ""] }: Route): { Page: PageOf | undefined; subject: string } {
  if (name === "new") return { Page: pages["edit"], subject: "" };
  if (name === "monitors" && subject) return { Page: pages[more === "edit" ? "edit" : "monitor"], subject };
  return { Page: ["monitor", "edit"].includes(name) ? undefined : pages[name], subject };
}

export function Content() {
  const route = useRoute();
  const { Page, subject } = pageOf(route);
  const place = route.parts.join("/");
  const before = useRef(place);
  useEffect(() => {
    // Not where it is already: to scroll, the browser has to arrange the page first.
    if (before.current !== place) window.scrollTo(0, 0);
    before.current = place;
  }, [place]);
  if (!Page) return <><h1>There is no such page</h1><p>The address may be mistyped. <a href="#/">To the overview</a></p></>;
  return <Page key={place} subject={subject} query={route.query} />;
}
