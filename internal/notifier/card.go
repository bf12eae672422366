package notifier

import (
	"cmp"
	"fmt"
	"net/url"
	"strings"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/notify"
	"github.com/vedettehq/vedette/internal/store"
)

// showLimit is how many issues are shown unless the monitor says.
const showLimit = 10

// maxShown bounds how many issues are read for a card, whatever the monitor says.
const maxShown = 1000

// maxValue bounds what is shown of one value, in characters.
const maxValue = 500

// newCard makes what there is to show of an alert. declared is nil for a target
// that is not told of it any more.
func (n *Notifier) newCard(view *store.NoticeView, declared *monitor.Notification) *notify.Card {
	if declared == nil {
		declared = &monitor.Notification{}
	}
	options := &view.Declaration.Options
	alert := &view.Alert
	active := alert.Status == monitor.AlertActive
	fields := declared.IssuesFields
	if len(fields) == 0 {
		fields = []string{options.ModelIDKey}
	}
	return &notify.Card{
		Title:          cmp.Or(declared.Title, view.Monitor),
		Monitor:        view.Monitor,
		Summary:        firstParagraph(view.Declaration.Summary),
		Labels:         options.Labels,
		AlertID:        alert.ID,
		Priority:       alert.Priority,
		Acknowledged:   alert.IsPriorityAcknowledged(),
		Locked:         alert.Locked,
		CreatedAt:      alert.CreatedAt,
		SolvedAt:       alert.SolvedAt,
		CanAcknowledge: active && !alert.IsPriorityAcknowledged(),
		CanLock:        active && !alert.Locked,
		CanSolve:       active && !options.Solvable,
		ActiveIssues:   alert.ActiveIssues,
		Fields:         fields,
		Issues:         rows(view.Issues, fields, cmp.Or(declared.IssueShowLimit, showLimit)),
		URL:            n.link(fmt.Sprintf("alerts/%d", alert.ID)),
		DocsURL:        n.link("monitors/" + url.PathEscape(view.Monitor)),
	}
}

// link is the address of a page of the dashboard; empty if nobody knows where that is.
func (n *Notifier) link(page string) string {
	if n.config.URL == "" {
		return ""
	}
	return strings.TrimSuffix(n.config.URL, "/") + "/#/" + page
}

func firstParagraph(text string) string {
	first, _, _ := strings.Cut(strings.TrimSpace(text), "\n\n")
	return strings.Join(strings.Fields(first), " ")
}

func rows(issues []monitor.Issue, fields []string, limit int) []notify.IssueRow {
	var rows []notify.IssueRow
	for i := range issues[:min(len(issues), limit)] {
		row := notify.IssueRow{ModelID: issues[i].ModelID}
		for _, field := range fields {
			row.Values = append(row.Values, textOf(issues[i].Data, field))
		}
		rows = append(rows, row)
	}
	return rows
}

// textOf is a field of an issue's data as people read it.
func textOf(data monitor.Data, field string) string {
	value, ok := data.Field(field)
	if !ok || value == "null" {
		return "-"
	}
	text, ok := value.Text()
	if !ok {
		text = string(value)
	}
	if runes := []rune(text); len(runes) > maxValue {
		text = string(runes[:maxValue]) + "…"
	}
	return text
}
