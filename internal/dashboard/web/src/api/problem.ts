import type { Diagnostic } from "./types";

/** What the server answered instead of what was asked for, or that it did not. */
export class Problem extends Error {
  constructor(
    /** The HTTP status; 0: the server did not answer. */
    readonly status: number,
    message: string,
    readonly diagnostics: Diagnostic[] = [],
    /** The field and what is wrong with it, one each. */
    readonly details: string[] = [],
  ) {
    super(message);
  }

  /** Whether the server was not there, so that asking again may help. */
  get away(): boolean {
    return this.status === 0 || this.status === 502 || this.status === 503 || this.status === 504;
  }
}
