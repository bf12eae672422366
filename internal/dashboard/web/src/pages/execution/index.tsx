import type { PageProps } from "../../shell/content";
import { useTitle } from "../../shell/content";

export function ExecutionPage({ subject }: PageProps) {
  useTitle("execution");
  return <h1>execution {subject}</h1>;
}
