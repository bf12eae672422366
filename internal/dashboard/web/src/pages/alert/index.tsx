import type { PageProps } from "../../shell/content";
import { useTitle } from "../../shell/content";

export function AlertPage({ subject }: PageProps) {
  useTitle("alert");
  return <h1>alert {subject}</h1>;
}
