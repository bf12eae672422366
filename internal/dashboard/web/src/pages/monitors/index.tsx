import type { PageProps } from "../../shell/content";
import { useTitle } from "../../shell/content";

export function MonitorsPage({ subject }: PageProps) {
  useTitle("monitors");
  return <h1>monitors {subject}</h1>;
}
