import { useStore } from "../live/store";
import { signOut, useMay, useSession, who } from "../live/session";
import { href, useRoute } from "../route";
import { toast } from "../ui/toast";
import { ConnectionState } from "./connection";
import { ThemeChoice } from "./theme";

const places = [["", "Overview"], ["monitors", "Monitors"], ["events", "Events"], ["silences", "Silences"]] as const;

export function Header() {
  const [at = ""] = useRoute().parts;
  const editor = useMay("editor"), readOnly = useSession()?.monitors_read_only;
  return (
    <header class="top">
      <a class="skip" href="#content" onClick={(event) => { event.preventDefault(); document.getElementById("content")?.focus(); }}>To the content</a>
      <a class="brand" href="#/"><img src="/assets/icon.svg" alt="" width="24" height="24" />vedette</a>
      <nav aria-label="Pages">
        {places.map(([part, name]) => (
          <a key={part} href={part ? href([part]) : "#/"} aria-current={at === part ? "page" : undefined}>{name}</a>
        ))}
      </nav>
      {editor && !readOnly && <a class="button" href={href(["new"])}>New monitor</a>}
      <ConnectionState />
      <ThemeChoice />
      <Person />
    </header>
  );
}

function Person() {
  const now = useStore(who);
  if (now.state !== "inside") return null;
  const { name, role, auth } = now.session;
  const leave = () => signOut().catch((error: Error) => toast("failed", error.message));
  return (
    <span class="person">
      {auth !== "none" && auth !== "local" && <span title={`role: ${role}`}>{name} ({role})</span>}
      {auth === "session" && <button type="button" onClick={leave}>Sign out</button>}
    </span>
  );
}
