// Reads JSON without changing its numbers: the data of issues holds ids that are larger
// than what this language counts exactly, and another number would be another order.

/** A number that is shown and written as it came, and that nothing can be computed with. */
export class ExactNumber {
  constructor(readonly text: string) {}
  toString() {
    return this.text;
  }
}

interface Source {
  source?: string;
}

/** Browsers that are older than 2025 do not tell how a number was written; there, it is rounded. */
function exact(_key: string, value: unknown, context?: Source): unknown {
  const source = context?.source;
  if (typeof value !== "number" || source === undefined || Number.isSafeInteger(value)) return value;
  return Number.isFinite(value) && !/^-?\d+$/.test(source) ? value : new ExactNumber(source);
}

/** Numbers of many digits are rare, and looking at each value takes much longer than not to. Digits of hashes and texts do not count. */
const suspicious = /(?:^|[:[,])\s*-?(?:\d[\d.eE+-]{15}|[\d.]+[eE]\+?\d{3})/;

export const parseJSON = (text: string): unknown => JSON.parse(text, suspicious.test(text) ? exact : undefined);

declare global {
  interface JSON {
    /** Makes something that is written as it is. Not in all browsers. */
    rawJSON?: (text: string) => unknown;
  }
}

/** Writes JSON, exact numbers as they came. */
export const writeJSON = (value: unknown, space?: number): string =>
  JSON.stringify(value, (_key, one: unknown) => (one instanceof ExactNumber ? (JSON.rawJSON?.(one.text) ?? one.text) : one), space) ?? "null";
