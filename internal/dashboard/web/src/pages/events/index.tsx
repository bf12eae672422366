import type { PageProps } from "../../shell/content";
import { useTitle } from "../../shell/content";

export function EventsPage({ subject }: PageProps) {
  useTitle("events");
  return <h1>events {subject}</h1>;
}
