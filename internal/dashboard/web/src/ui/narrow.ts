import { store, useStore } from "../live/store";

/** As the styles have it: what is narrower is a phone. */
const phone = matchMedia("(max-width: 40rem)");
const narrow = store(phone.matches);
phone.addEventListener("change", () => narrow.set(phone.matches));

/** Tells whether the window is as narrow as a phone, where something else is drawn than elsewhere. */
export const useNarrow = () => useStore(narrow);
