/** The files of a monitor's folder: text by name. */
export type Files = Readonly<Record<string, string>>;

export const codeFile = "monitor.star";
export const testFile = "monitor_test.star";
export const readmeFile = "README.md";

const first = [codeFile, testFile, readmeFile];

/** Files that monitors share are copied into each version, under a name that begins like this. */
export const isShared = (name: string) => name.startsWith("//");

/** Names the files in the order in which people look at them. */
export function namesOf(files: Files): string[] {
  const rank = (name: string) => (isShared(name) ? first.length + 1 : first.includes(name) ? first.indexOf(name) : first.length);
  return Object.keys(files).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

/** Tells why a file cannot have that name; undefined if it can. The server has the last word. */
export function nameProblem(name: string, files: Files): string | undefined {
  if (!name) return "A file needs a name.";
  if (Object.hasOwn(files, name)) return "There is a file of that name already.";
  if (name.includes("\\")) return "Folders are separated by /.";
  const parts = name.replace(/^\/\/shared\//, "").split("/");
  if (parts.some((part) => part === "" || part === "." || part === "..")) return "The name is a path inside of the monitor's folder, such as search.sql.";
  return undefined;
}

/** Gives the files without one, and with another: for adding, changing, renaming and deleting. */
export function withFile(files: Files, name: string, text: string | undefined): Files {
  const { [name]: _, ...others } = files;
  return text === undefined ? others : { ...files, [name]: text };
}

export function sameFiles(a: Files, b: Files): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}

/** Tells why a monitor cannot have that name; undefined if it can, as far as it is typed. */
export function monitorNameProblem(name: string): string | undefined {
  if (!name) return undefined;
  if (!/^[a-z0-9_]+$/.test(name)) {
    const wrong = [...new Set([...name].filter((c) => !/[a-z0-9_]/.test(c)))].map((c) => (c === " " ? "a space" : c)).join(" ");
    return `Only a-z, 0-9 and _ are allowed, not ${wrong}.`;
  }
  if (name === "shared") return "“shared” is the folder of what monitors share.";
  return undefined;
}
