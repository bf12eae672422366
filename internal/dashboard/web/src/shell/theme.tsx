import { useEffect, useState } from "preact/hooks";

const themes = ["auto", "light", "dark"] as const;
type Theme = (typeof themes)[number];

const key = "vedette-theme";
const stored = (): Theme => themes.find((theme) => theme === localStorage.getItem(key)) ?? "auto";

/** Chooses between light and dark, or what the system is set to. `words` has the button say what it is. */
export function ThemeChoice({ words }: { words?: boolean }) {
  const [theme, setTheme] = useState(stored);
  useEffect(() => {
    document.documentElement.dataset["theme"] = theme;
    localStorage.setItem(key, theme);
  }, [theme]);
  const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? "auto";
  return (
    <button type="button" class={words ? undefined : "quiet"} aria-label={`Theme: ${theme}. Change to ${next}.`} title={`Theme: ${theme}`} onClick={() => setTheme(next)}>
      {{ auto: "◐", light: "☀", dark: "☾" }[theme]}{words && ` Theme: ${theme}`}
    </button>
  );
}
