import { useEffect } from "preact/hooks";
import { go, guardLeaving } from "../../route";
import { confirm } from "../../ui/dialog";
import { type Desk, unsaved } from "./workspace";

/** Asks before the page is left with text that is not saved. It is kept all the same. */
export function useLeaving(desk: Desk) {
  useEffect(() => {
    let allowed = false;
    const keep = () => desk.flush();
    const unload = (event: BeforeUnloadEvent) => {
      desk.flush();
      if (unsaved(desk.get())) event.preventDefault();
    };
    const release = guardLeaving(() => {
      desk.flush();
      if (allowed || !unsaved(desk.get())) return true;
      const target = location.hash;
      void confirm({ title: "Leave without saving?", text: "Your changes are not saved. This browser keeps them, and shows them again when you come back to this monitor.", yes: "Leave" })
        .then((yes) => {
          if (!yes) return;
          allowed = true;
          go(target);
        });
      return false;
    });
    window.addEventListener("beforeunload", unload);
    window.addEventListener("pagehide", keep);
    document.addEventListener("visibilitychange", keep);
    return () => {
      desk.flush();
      release();
      window.removeEventListener("beforeunload", unload);
      window.removeEventListener("pagehide", keep);
      document.removeEventListener("visibilitychange", keep);
    };
  }, [desk]);
}
