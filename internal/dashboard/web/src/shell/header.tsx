import { useStore } from "../live/store";
import { signOut, useMay, useSession, who } from "../live/session";
import { href, useRoute } from "../route";
import { useNarrow } from "../ui/narrow";
import { Popup } from "../ui/popup";
import { toast } from "../ui/toast";
import { ConnectionState } from "./connection";
import { ThemeChoice } from "./theme";

const places = [["", "Overview"], ["monitors", "Monitors"], ["events", "Events"], ["silences", "Silences"]] as const;

export function Header() {
  const [at = ""] = useRoute().parts;
  const editor = useMay("editor"), readOnly = useSession()?.monitors_read_only;
  const narrow = useNarrow();
  const create = editor && !readOnly && <a class="button" href={href(["new"])}>New monitor</a>;
  return (
    <header class="top">
      <a class="skip" href="#content" onClick={(event) => { event.preventDefault(); document.getElementById("content")?.focus(); }}>To the content</a>
      <a class="brand" href="#/"><Sign />vedette</a>
      <nav aria-label="Pages">
        {places.map(([part, name]) => (
          <a key={part} href={part ? href([part]) : "#/"} aria-current={at === part ? "page" : undefined}>{name}</a>
        ))}
      </nav>
      {!narrow && create}
      <ConnectionState />
      {narrow ? <Popup key={at} label="Menu"><div class="menu">{create}<ThemeChoice words /><Person /></div></Popup> : <><ThemeChoice /><Person /></>}
    </header>
  );
}

/** The icon. It is a part of the page, which has one file less to wait for. */
const Sign = () => (
  <svg width="24" height="24" viewBox="0 0 32 32" aria-hidden="true">
    <rect width="32" height="32" rx="8" fill="#14532d" />
    <path d="M5 16c3-5.5 7-8 11-8s8 2.5 11 8c-3 5.5-7 8-11 8s-8-2.5-11-8z" fill="none" stroke="#bbf7d0" stroke-width="2.4" />
    <circle cx="16" cy="16" r="4" fill="#bbf7d0" />
  </svg>
);

function Person() {
  const now = useStore(who);
  if (now.state !== "inside") return null;
  const { name, role, auth } = now.session;
  const leave = () => signOut().catch((error: Error) => toast("failed", error.message));
  if (auth === "none" || auth === "local") return null;
  return (
    <span class="person">
      <span title={`role: ${role}`}>{name} ({role})</span>
      {auth === "session" && <button type="button" onClick={leave}>Sign out</button>}
    </span>
  );
}
