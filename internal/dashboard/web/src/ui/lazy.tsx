import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";

/** Draws a component whose code is loaded when it is first needed. */
export function lazy<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let loaded: ComponentType<P> | undefined;
  return function Lazy(props: P) {
    const [, draw] = useState({});
    const [failed, setFailed] = useState(false);
    useEffect(() => {
      if (loaded || failed) return;
      load().then((component) => { loaded = component; draw({}); }, () => setFailed(true));
    }, [failed]);
    const Component = loaded;
    if (Component) return <Component {...props} />;
    if (!failed) return <p class="loading" role="status">Loading …</p>;
    return (
      <div class="failure" role="alert">
        <p>This part of the page could not be loaded. The server may be away, or of another version since the page was opened.</p>
        <button type="button" onClick={() => setFailed(false)}>Try again</button>
        <button type="button" onClick={() => location.reload()}>Load the page anew</button>
      </div>
    );
  };
}
