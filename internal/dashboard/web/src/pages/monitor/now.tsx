import { Markdown } from "../../ui/markdown";
import { Text } from "../../ui/value";
import { Alerts } from "./alerts";
import { Facts } from "./facts";
import { History } from "./history";
import { Issues } from "./issues";
import type { TabProps } from "./tabs";

/** What is wrong now, how it came to that, and what it means. */
export function Now({ monitor, query }: TabProps) {
  const { documentation, summary } = monitor;
  return (
    <div class="monitor-now">
      <div class="main">
        {documentation && summary && <p class="docstring"><Text of={firstParagraph(summary)} /></p>}
        <Alerts monitor={monitor} query={query} />
        <Issues monitor={monitor} query={query} />
        <History monitor={monitor} query={query} />
        <section>
          <h2>Documentation</h2>
          {documentation || summary ? (
            <div class="card"><Markdown text={documentation || summary} below={2} /></div>
          ) : (
            <p class="empty">Nobody has written about this monitor yet: a README.md beside its code is shown here.</p>
          )}
        </section>
      </div>
      <Facts monitor={monitor} />
    </div>
  );
}

const firstParagraph = (text: string) => text.split(/\n\s*\n/, 1)[0] ?? "";
