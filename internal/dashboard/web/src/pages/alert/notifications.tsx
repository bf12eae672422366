import { path } from "../../api/call";
import type { Alert, Notification, Page } from "../../api/types";
import { useResource } from "../../live/resource";
import { useMay } from "../../live/session";
import { perform } from "../../ui/act";
import { Action, Ago, Empty, Loaded } from "../../ui/basics";
import { confirm } from "../../ui/dialog";
import { Text } from "../../ui/value";

const states: Record<Notification["status"], string> = {
  none: "not sent yet", sending: "being sent", shown: "shown", closed: "closed",
};

/** Where people were told of the alert, and whether that went well. */
export function Notifications({ alert }: { alert: Alert }) {
  const notifications = useResource<Page<Notification>>(path(["notifications"], { alert_id: alert.id, limit: 100 }), { monitor: alert.monitor });
  return (
    <section aria-labelledby="notifications">
      <div class="head">
        <h2 id="notifications">Notifications</h2>
        {alert.status === "active" && <Resend alert={alert} />}
      </div>
      <Loaded of={notifications}>
        {({ items }) => (items.length === 0 ? <Empty>Nobody was notified of it. Whom a monitor notifies, and from which priority on, is said in its code.</Empty> : (
          <div class="scroll" tabIndex={0} role="region" aria-label="Notifications, may be scrolled sideways">
            <table>
              <thead><tr><th scope="col">To</th><th scope="col">State</th><th scope="col">Since</th><th scope="col">Last failure</th></tr></thead>
              <tbody>{items.map((one) => <Row key={one.id} of={one} />)}</tbody>
            </table>
          </div>
        ))}
      </Loaded>
    </section>
  );
}

function Row({ of }: { of: Notification }) {
  return (
    <tr>
      <th scope="row"><Text of={of.target} /></th>
      <td>{of.dead ? <span class="bad">given up after {of.attempts} attempts</span> : of.error ? <span class="bad">failed {of.attempts} times in a row, is tried again</span> : states[of.status]}</td>
      <td><Ago time={of.closed_at ?? of.created_at} /></td>
      <td>{of.error ? <span class="bad"><Text of={of.error} /></span> : "–"}</td>
    </tr>
  );
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
