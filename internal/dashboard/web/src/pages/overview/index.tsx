import type { PageProps } from "../../shell/content";
import { useTitle } from "../../shell/content";

export function Overview({ subject }: PageProps) {
  useTitle("overview");
  return <h1>overview {subject}</h1>;
}
