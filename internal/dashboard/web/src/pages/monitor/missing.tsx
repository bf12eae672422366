import type { Status } from "../../api/types";
import { useResource } from "../../live/resource";
import { href } from "../../route";
import { ProblemList } from "../../ui/problemlist";

/** Says that there is no such monitor, and why if its code could not be loaded. */
export function Missing({ name }: { name: string }) {
  const status = useResource<Status>("/status");
  const problems = status.data?.problems[name] ?? [];
  return (
    <>
      <h1>{name}</h1>
      {problems.length > 0 ? (
        <>
          <p>This monitor never came to be: its code could not be loaded. It appears here as soon as its files are mended.</p>
          <ProblemList problems={problems} />
        </>
      ) : (
        <p>There is no monitor of this name. It may be mistyped, or the monitor was deleted or renamed.</p>
      )}
      <p><a href={href(["monitors"])}>All monitors</a> · <a href={href(["events"], { monitor: name })}>Events that mention this name</a></p>
    </>
  );
}
