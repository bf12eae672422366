import type { components } from "../../api/schema";
import { href } from "../../route";
import { Priority, Tag } from "../../ui/basics";
import { Text } from "../../ui/value";
import { count } from "../../words";
import { Part } from "./plan";

type PreviewAlert = components["schemas"]["PreviewAlert"];
type PreviewNotification = components["schemas"]["PreviewNotification"];

export function PlanAlerts({ alerts }: { alerts: readonly PreviewAlert[] }) {
  if (alerts.length === 0) return null;
  return (
    <Part title="Alerts">
      <ul class="plain">
        {alerts.map((alert, i) => (
          <li key={alert.id ?? -i}>
            {alert.id === null ? "A new alert" : <a href={href(["alerts", alert.id])}>Alert {alert.id}</a>}{": "}
            {alert.status === "solved" ? "would be solved" : <PriorityChange {...alert} />},{" "}
            {alert.id === null || alert.previous_active_issues === alert.active_issues ? count(alert.active_issues, "issue") : `${alert.previous_active_issues} → ${count(alert.active_issues, "issue")}`}
            {" "}{alert.acknowledge_dismissed && <Tag>acknowledgement dismissed</Tag>}
            {alert.acknowledged && <Tag>{alert.is_priority_acknowledged ? "acknowledged" : "acknowledged at a lower priority"}</Tag>}
            {alert.locked && <Tag>locked</Tag>}
          </li>
        ))}
      </ul>
    </Part>
  );
}

function PriorityChange({ priority, previous_priority }: PreviewAlert) {
  if (previous_priority === null || previous_priority === priority) return <Priority of={priority} />;
  return <><Priority of={previous_priority} /> → <Priority of={priority} /> ({priority < previous_priority ? "more" : "less"} important)</>;
}

const actions: Record<PreviewNotification["action"], string> = {
  created: "would be told", updated: "would see its message changed", closed: "would see its message closed", none: "would not be told",
};

export function PlanNotifications({ notifications }: { notifications: readonly PreviewNotification[] }) {
  if (notifications.length === 0) return null;
  return (
    <Part title="Notifications">
      <ul class="plain">
        {notifications.map((n, i) => (
          <li key={i}>
            <code>{n.receiver}</code> {actions[n.action]}: <Text of={n.title} /> <Priority of={n.priority} />{" "}
            {n.mention && <Tag>calls upon somebody</Tag>}
            {n.reason && <span class="soft"> {n.reason}</span>}
            {!n.configured && <span class="warn"> No receiver of this name is configured: nobody would be told.</span>}
          </li>
        ))}
      </ul>
    </Part>
  );
}
