// Tells the tabs of a browser apart. Whoever duplicates a tab copies what it keeps in its
// session, the name with it: so it lies there only while the page is away, for a reload.

const key = "vedette-tab";

type Shelf = Pick<Storage, "getItem" | "setItem" | "removeItem">;
type Page = Pick<EventTarget, "addEventListener">;

/** Takes the name that this tab had before a reload, or a new one. It has to be taken as soon as there is a page. */
export function nameTab(shelf: Shelf, page: Page): string {
  const name = shelf.getItem(key) ?? Math.random().toString(36).slice(2);
  const take = () => shelf.removeItem(key);
  take();
  page.addEventListener("pagehide", () => shelf.setItem(key, name));
  // A page that comes back as it was left has its name still.
  page.addEventListener("pageshow", take);
  return name;
}

export const tab = typeof window === "undefined" ? "" : nameTab(sessionStorage, window);
