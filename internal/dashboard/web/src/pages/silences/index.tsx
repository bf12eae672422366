import type { PageProps } from "../../shell/content";
import { useTitle } from "../../shell/content";

export function SilencesPage({ subject }: PageProps) {
  useTitle("silences");
  return <h1>silences {subject}</h1>;
}
