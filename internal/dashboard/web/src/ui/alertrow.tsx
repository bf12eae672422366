// An alert in a list, with what people can do about it in place.
import { path } from "../api/call";
import type { Alert } from "../api/types";
import { useMay } from "../live/session";
import { href } from "../route";
import { count, grouped } from "../words";
import { act, perform as carryOut } from "./act";
import { Action, Age, AlertTags, Priority } from "./basics";
import { confirm } from "./dialog";
import type { Column } from "./virtual";

type Verb = "acknowledge" | "lock" | "unlock" | "solve";

interface Deed {
  name: string;
  /** What is told when it is done. */
  done: string;
  /** What it means, where somebody is asked before. */
  means: string;
}

const deeds: Record<Verb, Deed> = {
  acknowledge: { name: "Acknowledge", done: "acknowledged", means: "You know of it. If it becomes more important, it waits for somebody again." },
  lock: { name: "Lock", done: "locked", means: "New issues go to another alert until it is unlocked." },
  unlock: { name: "Unlock", done: "unlocked", means: "New issues join it again." },
  solve: { name: "Solve", done: "solved", means: "It is over, and so are its active issues. That cannot be taken back." },
};

/** What may be done now, in the order of the buttons. */
const possible = (alert: Alert): Verb[] => [
  ...(alert.can_acknowledge ? (["acknowledge"] as const) : []),
  ...(alert.can_lock ? (["lock"] as const) : []),
  ...(alert.status === "active" && alert.locked ? (["unlock"] as const) : []),
  ...(alert.can_solve ? (["solve"] as const) : []),
];

/** Does it, and asks before if what is done cannot be taken back or a comment may be given. */
async function perform(verb: Verb, alert: Alert, ask: boolean) {
  const { name, done, means } = deeds[verb];
  const told = `Alert ${alert.id} is ${done}.`, to = path(["alerts", alert.id, verb]), { monitor } = alert;
  if (!ask && verb !== "solve") {
    await act(told, "POST", to, { body: {}, monitor });
    return;
  }
  const issues = verb === "solve" ? ` It has ${count(alert.active_issues, "active issue")}.` : "";
  await confirm({
    title: `${name} alert ${alert.id} of ${monitor}`, text: means + issues, yes: name, comment: true, dangerous: verb === "solve",
    deed: (comment, signal) => carryOut(told, "POST", to, { body: { comment }, monitor, signal }),
  });
}

/** Buttons for what may be done with the alert by who looks at it. `ask` has them ask for a comment. */
export function AlertActions({ alert, ask = false }: { alert: Alert; ask?: boolean }) {
  if (!useMay("responder")) return null;
  return (
    <span class="actions">
      {possible(alert).map((verb) => (
        <Action key={verb} title={deeds[verb].means} run={() => perform(verb, alert, ask)}>
          {deeds[verb].name}
          {!ask && <span class="hidden"> alert {alert.id} of {alert.monitor}</span>}
        </Action>
      ))}
    </span>
  );
}

/** Leads to the alert. */
export const AlertLink = ({ alert }: { alert: Alert }) => <a href={href(["alerts", alert.id])}>Alert {alert.id}</a>;

/** The columns of a list of alerts: with what names their monitor, or of one monitor's. What was done about them stands beside the name. */
export function alertColumns(monitor?: Column<Alert>["cell"]): Column<Alert>[] {
  return [
    { name: "Priority", width: "9rem", cell: (alert) => <Priority of={alert.priority} /> },
    monitor
      ? { name: "Alert", width: "6.5rem", names: true, cell: (alert) => <AlertLink alert={alert} /> }
      : { name: "Alert", names: true, cell: (alert) => <span class="actions"><AlertLink alert={alert} /><AlertTags alert={alert} /></span> },
    ...(monitor ? [{ name: "Monitor", cell: monitor }] : []),
    { name: "Issues", width: "5.5rem", class: "number", cell: (alert) => grouped(alert.active_issues) },
    { name: "Age", width: "7.5rem", cell: (alert) => <Age since={alert.created_at} until={alert.solved_at} /> },
    { name: "Actions", width: "18.5rem", heading: <span class="hidden">Actions</span>, cell: (alert) => <AlertActions alert={alert} /> },
  ];
}
