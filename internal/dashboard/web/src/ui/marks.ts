// Characters that cannot be seen, or that have other characters shown elsewhere than they
// are: text with them looks like another one. They are named where they stand.

/** A character that is named instead of shown. */
export interface Mark {
  code: number;
}

export type Part = string | Mark;

// C0 and C1 without tab and line feed; zero width, direction and invisible characters; lone surrogates; tags.
const invisible = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]|[\ud800-\udfff]/gu;

/** Takes text apart where something in it cannot be seen. A joiner inside an emoji is none of it. */
export function parts(text: string): Part[] {
  const found: Part[] = [];
  let at = 0;
  for (const { 0: character, index } of text.matchAll(invisible)) {
    if (character === "\u200d" && /\p{Extended_Pictographic}\ufe0f?$/u.test(text.slice(Math.max(0, index - 4), index))) continue;
    if (index > at) found.push(text.slice(at, index));
    found.push({ code: character.codePointAt(0) ?? 0 });
    at = index + character.length;
  }
  if (at < text.length || text === "") found.push(text.slice(at));
  return found;
}

/** Names a character: U+202E. */
export const codeName = (code: number) => `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;

/** Cuts text after a number of characters, and not inside of one. */
export function cut(text: string, most: number): string {
  const high = text.charCodeAt(most - 1);
  return text.slice(0, high >= 0xd800 && high <= 0xdbff ? most - 1 : most);
}
