import { useEffect, useState } from "preact/hooks";
import { path } from "../../api/call";
import type { Execution, VersionDetail } from "../../api/types";
import { useResource } from "../../live/resource";
import { href } from "../../route";
import { type PageProps, useTitle } from "../../shell/content";
import { Loaded } from "../../ui/basics";
import { ended, Status } from "../../ui/execution";
import { Log } from "../../ui/log";
import { Errors } from "./errors";
import { Facts } from "./facts";
import { Timings } from "./timings";
import "./execution.css";

/** How often one is read that runs, in milliseconds; when it has ended, it changes no more. */
const pace = 1000;

/** All about one execution, live while it runs. */
export function ExecutionPage({ subject }: PageProps) {
  useTitle(`execution ${subject}`);
  const address = path(["executions", subject]);
  const [over, setOver] = useState(false);
  const seen = useResource<Execution>(address, { every: over ? 0 : pace });
  const hasEnded = seen.data !== undefined && ended(seen.data);
  useEffect(() => setOver(hasEnded), [hasEnded]);
  if (seen.problem && !seen.problem.away && !seen.data) {
    return <><h1>Execution {subject}</h1><p>{seen.problem.message}</p><p>Old executions are removed after a while. <a href={href(["monitors"])}>All monitors</a></p></>;
  }
  return <Loaded of={seen}>{(execution) => <Content of={execution} />}</Loaded>;
}

function Content({ of: execution }: { of: Execution }) {
  const { id, monitor, version, log } = execution;
  const failed = execution.routines.some(({ error }) => error);
  const code = useResource<VersionDetail>(failed && version !== null ? path(["monitors", monitor, "versions", version]) : undefined, { every: 0 });
  return (
    <>
      <div class="head">
        <h1>Execution {id} of <a href={href(["monitors", monitor])}>{monitor}</a></h1>
        <span role="status"><Status of={execution} /></span>
      </div>
      <Errors of={execution} files={code.data?.files ?? {}} />
      <div class="execution-parts">
        <Facts of={execution} />
        <Timings of={execution} />
      </div>
      <section>
        <h2>Log</h2>
        <Log of={log} live={!ended(execution)} />
      </section>
    </>
  );
}
