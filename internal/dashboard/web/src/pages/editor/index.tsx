import type { PageProps } from "../../shell/content";
import { Edit } from "./edit";
import { New } from "./new";
import "./editor.css";

/** Writes a monitor: one that there is, or a new one. */
export function EditorPage({ subject, query }: PageProps) {
  return subject ? <Edit key={subject} monitor={subject} query={query} /> : <New query={query} />;
}
