import { Text } from "../../ui/value";
import { Alerts } from "./alerts";
import { Facts } from "./facts";
import { History } from "./history";
import { Issues } from "./issues";
import type { TabProps } from "./tabs";

/** What is wrong now, and how it came to that. */
export function Now({ monitor, query }: TabProps) {
  const { summary } = monitor;
  return (
    <div class="monitor-now">
      <div class="main">
        {summary && <p class="docstring"><Text of={firstParagraph(summary)} /></p>}
        <Alerts monitor={monitor} query={query} />
        <Issues monitor={monitor} query={query} />
        <History monitor={monitor} query={query} />
      </div>
      <Facts monitor={monitor} />
    </div>
  );
}

const firstParagraph = (text: string) => text.split(/\n\s*\n/, 1)[0] ?? "";
