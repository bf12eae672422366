import type { PageProps } from "../../shell/content";
import { useTitle } from "../../shell/content";

export function EditorPage({ subject }: PageProps) {
  useTitle("editor");
  return <h1>editor {subject}</h1>;
}
