import type { Monitor } from "../../api/types";

/** Tells why a monitor cannot be changed here; undefined if it can. */
export function reasonOf({ source }: Pick<Monitor, "source">, editor: boolean): string | undefined {
  if (source === "folder") return "This monitor comes from the server's folder of monitors: change it there.";
  if (source === "example") return "This is one of the examples that come with vedette: they stay as they are.";
  if (!editor) return "Changing monitors takes the role editor, which you do not have.";
  return undefined;
}
