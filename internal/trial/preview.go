package trial

import (
	"encoding/json"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/run"
)

// attempt is one try, with all that is to be told of it.
type attempt struct {
	declaration *monitor.Declaration
	receivers   []string
	tasks       monitor.Tasks
	loaded      monitor.Snapshot
	// isImagined is set if the ids of the issues mean nothing to anybody else.
	isImagined bool
	result     run.Result
	plan       monitor.Plan
}

func (t *attempt) preview() client.Preview {
	end := t.plan.Execution
	p := client.Preview{
		Monitor:       t.loaded.Monitor.Name,
		Tasks:         t.tasks.Names(),
		Status:        string(end.Status),
		Error:         end.Report.Error,
		Truncated:     end.Report.Truncated,
		Incomplete:    end.Report.Incomplete,
		ActiveIssues:  len(t.loaded.Issues),
		Alerts:        mapped(alertChanges(t.loaded.Alerts, &t.plan), showAlert),
		Notifications: Notifications(t.declaration, &t.loaded, &t.plan, t.receivers),
		Events:        t.events(),
		Variables:     make(map[string]json.RawMessage, len(t.plan.Variables)),
		Routines:      client.RoutinesOf(end.Report.Routines),
		Queries:       mapped(t.result.Queries, showQuery),
		QueryCount:    t.result.QueryCount,
		Calls:         mapped(t.result.Calls, showCall),
		CallCount:     t.result.CallCount,
		Log:           client.LogOf(end.Report.Log),
	}
	for name, value := range t.plan.Variables {
		p.Variables[name] = client.JSONOf(value)
	}
	t.issues(&p)
	return p
}

// issues tells what would become of issues.
func (t *attempt) issues(p *client.Preview) {
	before := make(map[int64]monitor.Data, len(t.plan.Updated))
	for i := range t.loaded.Issues {
		before[t.loaded.Issues[i].ID] = t.loaded.Issues[i].Data
	}
	reasons := t.reasons()
	p.Created, p.Updated = []client.PreviewIssue{}, []client.PreviewIssue{}
	p.Solved, p.Dropped = []client.PreviewIssue{}, []client.PreviewIssue{}
	for _, issue := range t.plan.Created {
		p.Created = append(p.Created, t.issue(issue))
	}
	for _, issue := range t.plan.Updated {
		updated := t.issue(issue)
		updated.Before = client.JSONOf(before[issue.ID])
		p.Updated = append(p.Updated, updated)
	}
	for _, issue := range t.plan.Ended {
		ended := t.issue(issue)
		ended.Reason = string(reasons[issue])
		if issue.Status == monitor.IssueDropped {
			p.Dropped = append(p.Dropped, ended)
		} else {
			p.Solved = append(p.Solved, ended)
		}
	}
}

// reasons say why issues would end.
func (t *attempt) reasons() map[*monitor.Issue]monitor.EndReason {
	reasons := make(map[*monitor.Issue]monitor.EndReason, len(t.plan.Ended))
	for i := range t.plan.Events {
		if event := &t.plan.Events[i]; event.Issue != nil && event.Extra.Reason != "" {
			reasons[event.Issue] = event.Extra.Reason
		}
	}
	return reasons
}

func (t *attempt) issue(issue *monitor.Issue) client.PreviewIssue {
	shown := client.PreviewIssue{ModelID: issue.ModelID, Data: client.JSONOf(issue.Data)}
	if !t.isImagined {
		shown.ID = client.IDOrNil(issue.ID)
	}
	return shown
}

// events counts the events by name, in the order in which each first happens.
func (t *attempt) events() []client.PreviewEvent {
	counts := []client.PreviewEvent{}
	place := map[monitor.EventName]int{}
	for i := range t.plan.Events {
		event := &t.plan.Events[i]
		at, known := place[event.Name]
		if !known {
			at = len(counts)
			place[event.Name] = at
			counts = append(counts, client.PreviewEvent{EventName: string(event.Name), Reaction: event.React})
		}
		counts[at].Count++
	}
	return counts
}
