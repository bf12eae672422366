/** A call on the way to an error. */
export interface Frame {
  file: string;
  line: number;
  column: number;
  /** The function it is in. */
  name: string;
}

/** Reads the frames of a traceback, the outermost first. Lines of another form, such as those of code, are left out. */
export const framesOf = (traceback: string): Frame[] =>
  traceback.split("\n").flatMap((text) => {
    const [, file, line, column, name] = /^ {2}(\S.*?):(\d+):(\d+): in (.*)$/.exec(text) ?? [];
    return file && line && column ? [{ file, line: Number(line), column: Number(column), name: name ?? "" }] : [];
  });

/** Reads a place, file:line:column, of which the column may be missing. */
export function placeOf(position: string): Omit<Frame, "name"> | undefined {
  const [, file, line, column] = /^(.+?):(\d+)(?::(\d+))?$/.exec(position) ?? [];
  return file && line ? { file, line: Number(line), column: Number(column ?? 0) } : undefined;
}
