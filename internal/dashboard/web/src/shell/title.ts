import { useEffect } from "preact/hooks";

let title = "";
let waiting = 0;

function write() {
  const name = title ? `${title} · vedette` : "vedette";
  document.title = waiting ? `(${waiting}) ${name}` : name;
}

/** Names the page in the browser's tab. */
export function useTitle(of: string) {
  useEffect(() => {
    title = of;
    write();
  }, [of]);
}

/** Has the browser's tab say how many alerts wait for somebody, whatever page it shows. */
export function countInTitle(alerts: number) {
  waiting = alerts;
  write();
}
