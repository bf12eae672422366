import { useState } from "preact/hooks";
import { path } from "../../api/call";
import type { IssueDetail, Monitor } from "../../api/types";
import { useResource } from "../../live/resource";
import { useMay } from "../../live/session";
import { href } from "../../route";
import { perform } from "../../ui/act";
import { Action, Age, Ago, Tag } from "../../ui/basics";
import { confirm } from "../../ui/dialog";
import { reasonOf } from "../../ui/happened";
import { Actor, Said } from "../../ui/said";
import { SilenceDialog } from "../../ui/silencedialog";
import { toast } from "../../ui/toast";
import { BriefText } from "../../ui/value";

/** Which issue it is, how it is, and what can be done now. */
export function IssueHead({ issue }: { issue: IssueDetail }) {
  // It may be deleted since; nothing else knows the field that its issues are told apart by.
  const named = useResource<Monitor>(path(["monitors", issue.monitor]), { monitor: issue.monitor }).data?.model_id_key;
  return (
    <header>
      <div class="head">
        <div>
          <h1>{named && <><span class="soft"><BriefText of={named} /></span> </>}<BriefText of={issue.model_id} /></h1>
          Issue {issue.id} of <a href={href(["monitors", issue.monitor])}>{issue.monitor}</a>
        </div>
        <Tag>{issue.status}</Tag>
        <span class="actions"><CopyLink />{issue.status === "active" && <IssueActions issue={issue} />}</span>
      </div>
      <div class="card known">
        <p>
          {issue.status === "active" ? <>Active for <Age since={issue.created_at} />, last changed <Ago time={issue.updated_at} />.</> : <Ended issue={issue} />}
          {" "}{issue.alert_id === null ? "It belongs to no alert." : <>It belongs to <a href={href(["alerts", issue.alert_id])}>alert {issue.alert_id}</a>.</>}
        </p>
      </div>
    </header>
  );
}

/** Says how and when it ended, and by whom. */
function Ended({ issue }: { issue: IssueDetail }) {
  const at = issue.solved_at ?? issue.dropped_at;
  const event = issue.timeline.find((one) => one.event_name === `issue_${issue.status}`);
  const why = event && !event.actor ? reasonOf(event) : "";
  return (
    <>
      {issue.status === "solved" ? "Solved" : "Dropped"} <Ago time={at} />
      {event?.actor && <> by <Actor of={event.actor} /></>}, after <Age since={issue.created_at} until={at} />{why && `: ${why}`}.
      {event && <> <Said event={event} /></>}
    </>
  );
}

function CopyLink() {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(location.href);
      toast("done", "The link is copied.");
    } catch {
      // Browsers have no clipboard for pages without TLS.
      toast("failed", `The browser does not let the page copy. The link is ${location.href}`);
    }
  };
  return <Action run={copy}>Copy link</Action>;
}

function IssueActions({ issue }: { issue: IssueDetail }) {
  const [silencing, silence] = useState(false);
  if (!useMay("responder")) return null;
  const drop = async () => {
    await confirm({
      title: `Drop issue ${issue.id} of ${issue.monitor}`, yes: "Drop", comment: true, dangerous: true,
      text: "It counts no longer. A later search finds it again if it is still there, unless the monitor makes an issue of each only once.",
      deed: (comment, signal) => perform(`Issue ${issue.id} is dropped.`, "POST", path(["issues", issue.id, "drop"]), { body: { comment }, monitor: issue.monitor, signal }),
    });
  };
  return (
    <>
      <Action run={drop}>Drop …</Action>
      <button type="button" onClick={() => silence(true)}>Silence …</button>
      {silencing && <SilenceDialog first={{ issue: String(issue.id) }} onClose={() => silence(false)} />}
    </>
  );
}
