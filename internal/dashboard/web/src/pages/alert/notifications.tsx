import { useMemo } from "preact/hooks";
import { path } from "../../api/call";
import type { Alert, Notification, Page, Receiver } from "../../api/types";
import { useResource } from "../../live/resource";
import { useMay } from "../../live/session";
import { perform } from "../../ui/act";
import { Action, Ago, Empty, Loaded } from "../../ui/basics";
import { confirm } from "../../ui/dialog";
import { Text } from "../../ui/value";
import { type Column, Table } from "../../ui/virtual";
import { count } from "../../words";

const states: Record<Notification["status"], string> = {
  none: "not sent yet", sending: "being sent", shown: "shown", closed: "closed",
};

/** Where people were told of the alert, and whether that went well. */
export function Notifications({ alert }: { alert: Alert }) {
  const notifications = useResource<Page<Notification>>(path(["notifications"], { alert_id: alert.id, limit: 100 }), { monitor: alert.monitor });
  const receivers = useResource<Page<Receiver>>(path(["receivers"]), { every: 0 }).data;
  const columns = useMemo(() => columnsOf(receivers?.items ?? []), [receivers]);
  return (
    <section aria-labelledby="notifications">
      <div class="head">
        <h2 id="notifications">Notifications</h2>
        {alert.status === "active" && <Resend alert={alert} />}
      </div>
      <Loaded of={notifications}>
        {({ items }) => (items.length === 0 ? <Empty>Nobody was notified of it. Whom a monitor notifies, and from which priority on, is said in its code.</Empty> : (
          <Table<Notification> label="Notifications" class="notifications" rows={items} columns={columns} keyOf={keyOf} />
        ))}
      </Loaded>
    </section>
  );
}

const keyOf = (one: Notification) => one.id;

/** Receivers are named that have the target by now: several may share one, and some are gone. */
function columnsOf(receivers: readonly Receiver[]): Column<Notification>[] {
  const namesOf = (target: string) => receivers.filter(({ targets }) => targets.includes(target)).map(({ name }) => name).join(", ");
  return [
    { name: "To", names: true, cell: ({ target }) => <><b><Text of={namesOf(target)} /></b> <span class="soft"><Text of={target} /></span></> },
    { name: "State", cell: (one) => <State of={one} /> },
    { name: "Since", width: "9rem", cell: (one) => <Ago time={one.closed_at ?? one.created_at} /> },
    { name: "Last failure", cell: ({ error }) => error ? <span class="bad"><Text of={error} /></span> : <span class="soft">none</span> },
  ];
}

function State({ of: { status, dead, error, attempts } }: { of: Notification }) {
  if (dead) return <span class="bad">given up after {count(attempts, "attempt")}</span>;
  return error ? <span class="bad">failed {count(attempts, "time")} in a row, is tried again</span> : <>{states[status]}</>;
}

function Resend({ alert }: { alert: Alert }) {
  if (!useMay("responder")) return null;
  const resend = async () => {
    await confirm({
      title: `Send notifications of ${alert.monitor} again`, yes: "Send again",
      text: "Where what is shown of its active alerts is not what they are now, it is sent again, also what was given up. What is right already stays as it is.",
      deed: (_, signal) => perform("What is shown is compared with how things are, and sent where it is not the same.", "POST", path(["notifications", "resend"]), { body: { monitor: alert.monitor }, monitor: alert.monitor, signal }),
    });
  };
  return <Action run={resend}>Send again …</Action>;
}
