import { path } from "../../api/call";
import type { Alert, Monitor } from "../../api/types";
import { useResource } from "../../live/resource";
import { type PageProps, useTitle } from "../../shell/content";
import { Loaded } from "../../ui/basics";
import { NoSuch } from "../../ui/nosuch";
import { priorities } from "../../words";
import { AlertHead } from "./head";
import { AlertHistory } from "./history";
import { AlertIssues } from "./issues";
import { Notifications } from "./notifications";
import "./alert.css";

/** An alert: its issues, what people did about it, and what it was before. */
export function AlertPage({ subject, query }: PageProps) {
  return /^[1-9]\d{0,15}$/.test(subject) ? <AlertOf id={Number(subject)} query={query} /> : <NoSuch what="alert" />;
}

function AlertOf({ id, query }: { id: number; query: URLSearchParams }) {
  const alert = useResource<Alert>(path(["alerts", id]));
  useTitle(alert.data ? `${priorities[alert.data.priority]}: ${alert.data.monitor}, alert ${id}` : `alert ${id}`);
  if (alert.problem?.status === 404 && !alert.data) return <NoSuch what="alert" />;
  return <Loaded of={alert}>{(data) => <Content alert={data} query={query} />}</Loaded>;
}

function Content({ alert, query }: { alert: Alert; query: URLSearchParams }) {
  // It may be deleted since: the alert stays readable.
  const monitor = useResource<Monitor>(path(["monitors", alert.monitor]), { monitor: alert.monitor });
  return (
    <>
      <AlertHead alert={alert} gone={monitor.problem?.status === 404} />
      <AlertIssues alert={alert} monitor={monitor.data} query={query} />
      <AlertHistory alert={alert} />
      <Notifications alert={alert} />
    </>
  );
}
