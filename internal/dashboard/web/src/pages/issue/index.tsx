import { path } from "../../api/call";
import type { IssueDetail } from "../../api/types";
import { useResource } from "../../live/resource";
import { type PageProps, useTitle } from "../../shell/content";
import { Empty, Loaded } from "../../ui/basics";
import { fieldsOf } from "../../ui/fields";
import { NoSuch } from "../../ui/nosuch";
import { cut } from "../../ui/marks";
import { Entries } from "../../ui/value";
import { IssueHead } from "./head";
import { Timeline } from "./timeline";
import "./issue.css";

/** An issue: what it is now, and how it came to that. */
export function IssuePage({ subject }: PageProps) {
  return /^[1-9]\d{0,15}$/.test(subject) ? <IssueOf id={Number(subject)} /> : <NoSuch what="issue" />;
}

function IssueOf({ id }: { id: number }) {
  const issue = useResource<IssueDetail>(path(["issues", id]));
  useTitle(issue.data ? `${cut(issue.data.model_id, 60)}: ${issue.data.monitor}, issue ${id}` : `issue ${id}`);
  if (issue.problem?.status === 404 && !issue.data) return <NoSuch what="issue" />;
  return (
    <Loaded of={issue}>
      {(data) => (
        <>
          <IssueHead issue={data} />
          <div class="issue-parts">
            <section aria-labelledby="data">
              <h2 id="data">{data.status === "active" ? "Data" : "Data, as it ended"}</h2>
              <div class="card">{Object.keys(fieldsOf(data.data)).length === 0 ? <Empty>It has no data.</Empty> : <Entries of={Object.entries(fieldsOf(data.data))} />}</div>
            </section>
            <Timeline issue={data} />
          </div>
        </>
      )}
    </Loaded>
  );
}
