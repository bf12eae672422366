import { useEffect } from "preact/hooks";
import { recognise, who } from "../live/session";
import { useStore } from "../live/store";
import { useWaiting } from "../live/waiting";
import { Dialog, Questions } from "../ui/dialog";
import { Failure } from "../ui/basics";
import { Toasts } from "../ui/toast";
import { Content } from "./content";
import { ConnectionWarning } from "./connection";
import { Header } from "./header";
import { SignIn, SignInForm } from "./signin";

/** How often a server that does not answer is asked again who looks, in milliseconds. */
const again = 3000;

export function App() {
  const now = useStore(who);
  useEffect(() => {
    if (now.state !== "unknown") return undefined;
    const timer = setTimeout(() => void recognise(), again);
    return () => clearTimeout(timer);
  }, [now]);

  if (now.state === "asking") return <p class="loading" role="status">Loading …</p>;
  if (now.state === "unknown") return <main><h1>vedette</h1><Failure problem={now.problem} retry={() => void recognise()} /></main>;
  if (now.state === "outside" && !now.before) return <SignIn />;
  return (
    <>
      <Header />
      <ConnectionWarning />
      <main id="content" tabIndex={-1}><Content /></main>
      <Questions />
      {now.state === "outside" ? <SessionOver /> : <Waiting />}
      <Toasts />
    </>
  );
}

function Waiting() {
  useWaiting();
  return null;
}

/** Lies over the page, which stays as it is: nothing that was typed is lost. */
function SessionOver() {
  return (
    <Dialog title="Your session has ended" onClose={() => {}}>
      <p>Sign in again to go on where you were.</p>
      <SignInForm />
    </Dialog>
  );
}
