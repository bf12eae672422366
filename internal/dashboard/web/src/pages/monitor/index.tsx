import type { PageProps } from "../../shell/content";
import { useTitle } from "../../shell/content";

export function MonitorPage({ subject }: PageProps) {
  useTitle("monitor");
  return <h1>monitor {subject}</h1>;
}
