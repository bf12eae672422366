import type { ComponentChildren } from "preact";
import type { Preview } from "../../api/types";
import { count, grouped, took } from "../../words";
import { Tag } from "../../ui/basics";
import { Text } from "../../ui/value";
import type { Spot } from "./code/code";
import { PlanAlerts, PlanNotifications } from "./planalerts";
import { PlanIssues } from "./planissues";
import { ErrorText, LogLines } from "./planparts";
import { PlanCalls, PlanQueries } from "./planqueries";
import { ProblemList } from "./problems";

/** Shows what a run would have done, what matters most first. */
export function Plan({ plan, goTo }: { plan: Preview; goTo: (spot: Spot) => void }) {
  const failed = plan.status === "failed";
  const located = plan.routines.some((routine) => routine.error);
  const variables = Object.entries(plan.variables);
  return (
    <div class="plan">
      <p class={failed ? "verdict bad" : "verdict good"} role="status">{failed ? "The run would fail." : "The run would succeed."} {changesOf(plan)}</p>
      {failed && !located && <p class="bad message"><Text of={plan.error} /></p>}
      {plan.routines.map((routine) => routine.error && <Part key={routine.name} title={`Error in ${routine.name}`}><ErrorText failure={routine.error} goTo={goTo} /></Part>)}
      {plan.incomplete && <p class="warn">It said that it has not seen everything: <Text of={plan.incomplete} /></p>}
      {plan.truncated && <p class="warn">The search found more than max_issues_creation allows: the rest would wait for the next search.</p>}
      <ProblemList list={plan.diagnostics} goTo={goTo} />
      <PlanAlerts alerts={plan.alerts} />
      <PlanNotifications notifications={plan.notifications} />
      <PlanIssues title="Would be created" issues={plan.created} />
      <PlanIssues title="Would be updated" issues={plan.updated} />
      <PlanIssues title="Would be solved" issues={plan.solved} />
      <PlanIssues title="Would be dropped" issues={plan.dropped} />
      <PlanQueries queries={plan.queries} total={plan.query_count} />
      <PlanCalls calls={plan.calls} total={plan.call_count} />
      {plan.routines.length > 0 && (
        <Part title="Routines">
          <ul class="plain">{plan.routines.map((r) => <li key={r.name}><code>{r.name}</code> took {took(r.seconds * 1000)} and returned {count(r.returned, r.name === "is_solved" ? "answer" : "entry", r.name === "is_solved" ? "answers" : "entries")}</li>)}</ul>
        </Part>
      )}
      {plan.events.length > 0 && (
        <Part title="Events">
          <ul class="plain">{plan.events.map((e) => <li key={e.event_name}><code>{e.event_name}</code> × {e.count} {e.reaction && <Tag title="A try does not call it">calls on_{e.event_name}</Tag>}</li>)}</ul>
        </Part>
      )}
      {variables.length > 0 && <Part title="Variables that would be set"><ul class="plain">{variables.map(([name, value]) => <li key={name}><code>{name}</code> = <code><Text of={JSON.stringify(value)} /></code></li>)}</ul></Part>}
      {plan.log.length > 0 && <Part title={`Log (${plan.log.length})`}><LogLines log={plan.log} /></Part>}
    </div>
  );
}

export const Part = ({ title, children }: { title: string; children: ComponentChildren }) => <section class="part"><h3>{title}</h3>{children}</section>;

function changesOf({ created, updated, solved, dropped, active_issues }: Preview): string {
  const parts = [[created, "created"], [updated, "updated"], [solved, "solved"], [dropped, "dropped"]] as const;
  const said = parts.filter(([issues]) => issues.length > 0).map(([issues, word]) => `${grouped(issues.length)} ${word}`);
  const changes = said.length > 0 ? `Issues: ${said.join(", ")}.` : "No issue would change.";
  return active_issues > 0 ? `${changes} ${count(active_issues, "issue")} ${active_issues === 1 ? "was" : "were"} active before.` : changes;
}
