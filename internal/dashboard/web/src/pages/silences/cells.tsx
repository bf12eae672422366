import { path } from "../../api/call";
import type { Silence } from "../../api/types";
import { useMay } from "../../live/session";
import { href } from "../../route";
import { perform } from "../../ui/act";
import { Action, Ago, Ahead, At } from "../../ui/basics";
import { cronInWords } from "../../ui/cron";
import { confirm } from "../../ui/dialog";
import { Actor } from "../../ui/said";
import { Text } from "../../ui/value";
import { priorities } from "../../words";

interface Props {
  of: Silence;
}

const states: Record<Silence["status"], string> = { active: "in force", pending: "coming", expired: "over" };

export const State = ({ of }: Props) => <><b class={`state ${of.status}`}>{states[of.status]}</b><div class="soft">silence {of.id}</div></>;

/** What an alert has to fulfil to be silenced. */
export function About({ of }: Props) {
  if (of.everything) return <b>everything: all alerts</b>;
  return (
    <ul class="plain">
      {of.monitor && <li>monitor <a href={href(["monitors", of.monitor])}>{of.monitor}</a></li>}
      {of.issue_id !== null && <li><a href={href(["issues", of.issue_id])}>issue {of.issue_id}</a></li>}
      {Object.entries(of.labels).map(([name, value]) => <li key={name}>label <Text of={`${name}: ${value}`} /></li>)}
      {of.priority !== null && <li>{priorities[of.priority]}{of.priority < 5 && " and less important"}</li>}
    </ul>
  );
}

/** When it is in force, now or next, and how it recurs. */
export function When({ of }: Props) {
  return (
    <>
      {of.status === "active" && <div>{of.in_force_until ? <>over <Ahead time={of.in_force_until} /> <span class="soft">(<At time={of.in_force_until} />)</span></> : "without an end"}</div>}
      {of.status === "pending" && of.in_force_from && <div>begins <Ahead time={of.in_force_from} /> <span class="soft">(<At time={of.in_force_from} />)</span></div>}
      {of.status === "expired" && <div>over since <Ago time={of.expired_at ?? of.ends_at} never="its last window" /></div>}
      {of.every && <div class="soft">{cronInWords(of.every) || <code>{of.every}</code>} for {of.for}, time of {of.zone}</div>}
      {of.every && of.ends_at && of.status !== "expired" && <div class="soft">until <At time={of.ends_at} /></div>}
    </>
  );
}

/** Why, who made it, and who ended it. */
export function Why({ of }: Props) {
  return (
    <>
      <div><Text of={of.comment} /></div>
      <div class="soft"><Actor of={of.created_by} />, <Ago time={of.created_at} /></div>
      {of.expired_at && <div class="soft">ended by <Actor of={of.expired_by} />{of.expired_comment && <>: <Text of={of.expired_comment} /></>}</div>}
    </>
  );
}

export function End({ of }: Props) {
  if (!useMay("responder") || of.status === "expired") return null;
  const end = async () => {
    await confirm({
      title: `End silence ${of.id}`, yes: "End it", comment: true,
      text: "People are told of what is still wrong, as it is then. Add another one to silence it again.",
      deed: (comment, signal) => perform(`Silence ${of.id} is over.`, "POST", path(["silences", of.id, "expire"]), { body: { comment }, signal }),
    });
  };
  return <Action run={end}>End …<span class="hidden"> silence {of.id}</span></Action>;
}
