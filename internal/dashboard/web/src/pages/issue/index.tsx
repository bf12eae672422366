import type { PageProps } from "../../shell/content";
import { useTitle } from "../../shell/content";

export function IssuePage({ subject }: PageProps) {
  useTitle("issue");
  return <h1>issue {subject}</h1>;
}
