import { useState } from "preact/hooks";
import type { Problem } from "../api/call";
import { signIn } from "../live/session";

/** Takes a token from who is to see the page. */
export function SignInForm() {
  const [token, setToken] = useState("");
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setProblem("");
    try {
      await signIn(token.trim());
    } catch (error) {
      const { status, message } = error as Problem;
      setProblem(status === 401 ? "Nobody gets in with this token: it is mistyped, expired or revoked." : message);
      // What the server did not look at may be right.
      if (status === 401) setToken("");
    }
    setBusy(false);
  };
  return (
    <form onSubmit={submit}>
      <label class="field">
        Token
        <input type="password" name="token" autocomplete="current-password" spellcheck={false} required maxLength={1000} autofocus
          value={token} onInput={(event) => setToken(event.currentTarget.value)} />
      </label>
      <p class="bad" role="alert">{problem}</p>
      <div class="buttons"><button type="submit" class="strong" disabled={busy}>Sign in</button></div>
      <p class="soft">
        An administrator makes tokens with <code>vedette token create NAME --role viewer</code>. The first one is what VEDETTE_ADMIN_TOKEN says on the server.
      </p>
    </form>
  );
}

export const SignIn = () => (
  <main class="sign-in">
    <h1>Sign in to vedette</h1>
    <SignInForm />
  </main>
);
