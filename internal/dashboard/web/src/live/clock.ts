import { store, useStore } from "./store";

/** How far the server's clock is ahead of this one, in milliseconds. */
let ahead = 0;

/** Answers are dated by the second, so that a smaller difference says nothing. */
const exactness = 1500;

/** Learns the server's time from the date of an answer: everything on the page is dated by it. */
export function learnTime(date: string | null) {
  const difference = Date.parse(date ?? "") - Date.now();
  if (Math.abs(difference - ahead) > exactness) ahead = difference;
}

/** The server's time, in milliseconds since 1970. */
export const now = () => Date.now() + ahead;

const tick = store(0);
setInterval(() => {
  if (!document.hidden) tick.set(tick.get() + 1);
}, 1000);

/** Gives the server's time, and has the component drawn again each second. */
export function useNow(): number {
  useStore(tick);
  return now();
}
