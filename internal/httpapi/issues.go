package httpapi

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

// maxTimeline is how many events are shown with an issue.
const maxTimeline = 200

func (a *api) registerIssues() {
	register(a, operation{
		method: http.MethodGet, path: "/api/v1/issues", id: "list-issues", role: Viewer,
		summary: "List issues, newest first",
	}, func(ctx context.Context, input *issuesInput) (shared[client.Page[client.Issue]], error) {
		return keep(ctx, a, issueList, *input, func(ctx context.Context) (client.Page[client.Issue], error) { return a.listIssues(ctx, input) })
	})
	register(a, operation{
		method: http.MethodGet, path: "/api/v1/issues/{id}", id: "get-issue", role: Viewer,
		summary: "Read an issue with its timeline", errors: []int{http.StatusNotFound},
	}, a.readIssue)
	register(a, operation{
		method: http.MethodPost, path: "/api/v1/issues/{id}/drop", id: "drop-issue", role: Responder,
		summary: "End an issue that is none",
	}, a.dropIssue)
}

type issuesInput struct {
	Paging
	Monitor string `query:"monitor" maxLength:"200" doc:"The name of a monitor."`
	AlertID int64  `query:"alert_id" minimum:"1"`
	Status  string `query:"status" enum:"active,solved,dropped"`
	ModelID string `query:"model_id" maxLength:"1024"`
}

func (a *api) listIssues(ctx context.Context, input *issuesInput) (client.Page[client.Issue], error) {
	filter := store.IssueFilter{
		Monitor: input.Monitor,
		AlertID: input.AlertID,
		Status:  monitor.IssueStatus(input.Status),
		ModelID: input.ModelID,
	}
	return listByID(input.Paging, issueList, func(page store.Page) ([]store.IssueView, error) {
		return a.store.Issues(ctx, filter, page)
	}, showIssue, func(v *store.IssueView) int64 { return v.ID })
}

func (a *api) readIssue(ctx context.Context, input *IDInput) (client.IssueDetail, error) {
	view, err := a.store.Issue(ctx, input.ID)
	if err != nil {
		return client.IssueDetail{}, err
	}
	about := store.EventFilter{Source: monitor.SourceIssue, SourceID: input.ID}
	events, err := a.store.Events(ctx, about, store.Page{Limit: maxTimeline + 1})
	if err != nil {
		return client.IssueDetail{}, err
	}
	timeline := pageOf(eventList, events, maxTimeline, showEvent, func(e *monitor.EventRecord) string { return idPlace(e.ID) })
	return client.IssueDetail{
		Issue:            showIssue(&view),
		Timeline:         timeline.Items,
		TimelineComplete: isWhole(&view, events),
		TimelineCursor:   timeline.NextCursor,
	}, nil
}

// isWhole tells whether the events of an issue, newest first, can be all there were:
// they go back to its creation, unless there are more than are shown, and the last
// left it as it is. What runs do need not be kept (R80).
func isWhole(issue *store.IssueView, events []monitor.EventRecord) bool {
	if len(events) == 0 {
		return false
	}
	begun := len(events) > maxTimeline || events[len(events)-1].Name == monitor.IssueCreated
	var last struct {
		UpdatedAt time.Time `json:"updated_at"`
	}
	if err := json.Unmarshal([]byte(events[0].Data), &last); err != nil {
		return false
	}
	return begun && last.UpdatedAt.UnixMilli() == issue.UpdatedAt.UnixMilli()
}

func (a *api) dropIssue(ctx context.Context, input *idActionInput) (client.Issue, error) {
	if err := a.desk.DropIssue(ctx, a.person(ctx, input.Body), input.ID); err != nil {
		return client.Issue{}, err
	}
	issue, err := a.store.Issue(ctx, input.ID)
	return showIssue(&issue), err
}

func showIssue(v *store.IssueView) client.Issue {
	return client.Issue{
		ID:        v.ID,
		Monitor:   v.MonitorName,
		AlertID:   client.IDOrNil(v.AlertID),
		ModelID:   v.ModelID,
		Status:    string(v.Status),
		Data:      client.JSONOf(v.Data),
		CreatedAt: v.CreatedAt.UTC(),
		UpdatedAt: v.UpdatedAt.UTC(),
		SolvedAt:  moment(v.SolvedAt),
		DroppedAt: moment(v.DroppedAt),
	}
}
