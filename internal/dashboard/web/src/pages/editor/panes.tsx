import { useId } from "preact/hooks";
import type { Monitor } from "../../api/types";
import { useMay } from "../../live/session";
import { Empty } from "../../ui/basics";
import { FilesDiff } from "../../ui/diff";
import { Markdown } from "../../ui/markdown";
import { type Tab, Tabs } from "../../ui/tabs";
import type { Spot } from "./code/code";
import { readmeFile } from "./files";
import type { Findings } from "./findings";
import { Problems } from "./problems";
import { TestPane } from "./tests";
import { TryPane } from "./try";
import type { TestReport, Trying, Work } from "./trying";
import { Versions } from "./versions";
import { type Desk, unsaved, type Workspace } from "./workspace";

const names = ["problems", "try", "tests", "readme", "changes", "versions"] as const;
export type PaneName = (typeof names)[number];

interface Props {
  workspace: Workspace;
  monitor: Monitor | undefined;
  findings: Findings;
  trying: Trying;
  testing: Work<TestReport>;
  goTo: (spot: Spot) => void;
  desk: Desk;
  reopen: () => void;
  /** The file that is shown. */
  file: string;
  readOnly: boolean;
  chosen: string;
  show: (pane: PaneName) => void;
}

/** What stands beside the code. */
export function Panes(props: Props) {
  const { workspace, monitor, findings, testing, readOnly, file, show } = props;
  const panel = useId();
  // Who may not change a monitor may look at what can be changed, but not run it.
  const editor = useMay("editor");
  const usual: PaneName = file === readmeFile ? "readme" : readOnly ? "readme" : "problems";
  const chosen = names.find((name) => name === props.chosen && (editor || (name !== "try" && name !== "tests"))) ?? usual;
  const failed = testing.result?.tests.filter((test) => !test.passed).length ?? 0;
  const mark = (n: number) => n > 0 && <span class="bad"> {n}</span>;
  const tabs: Tab[] = [
    ...(readOnly ? [] : [{ name: "problems", text: <>Problems{mark(findings.list.length)}</> }]),
    ...(editor ? [{ name: "try", text: "Try" }, { name: "tests", text: <>Tests{mark(failed)}</> }] : []),
    { name: "readme", text: "README" },
    ...(readOnly ? [] : [{ name: "changes", text: <>Changes{unsaved(workspace) && <span class="changed"> •</span>}</> }]),
    ...(monitor ? [{ name: "versions", text: "Versions" }] : []),
  ];
  const choose = (name: string) => {
    const pane = names.find((known) => known === name);
    if (pane) show(pane);
  };
  return (
    <div class="panes">
      <Tabs label="About the code" tabs={tabs} chosen={chosen} choose={choose} panel={panel} />
      <div class="pane" role="tabpanel" id={panel} aria-label={chosen} tabIndex={0}><Pane {...props} name={chosen} /></div>
    </div>
  );
}

function Pane({ name, workspace, monitor, findings, trying, testing, goTo, desk, reopen, readOnly }: Props & { name: PaneName }) {
  const { base, files } = workspace;
  switch (name) {
    case "problems":
      return <Problems findings={findings} goTo={goTo} />;
    case "try":
      return <TryPane trying={trying} files={files} goTo={goTo} />;
    case "tests":
      return <TestPane testing={testing} files={files} goTo={goTo} />;
    case "readme":
      return files[readmeFile] ? <Markdown text={files[readmeFile]} /> : <Empty>There is no README.md. Say in it what is wrong when this monitor finds something, and what to do.</Empty>;
    case "changes":
      return <FilesDiff before={base.files} after={files} same={base.version > 0 ? `Nothing differs from version ${base.version}.` : "Nothing has been written yet."} />;
    case "versions":
      return monitor ? <Versions monitor={monitor} desk={desk} reopen={reopen} readOnly={readOnly} /> : null;
  }
}
