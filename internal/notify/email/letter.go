package email

import (
	"encoding/json"
	"fmt"
	"html"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/notify"
)

// How much of a card is told. Mail programs fold what is longer than 100 KiB.
const (
	maxTitle   = 200
	maxSummary = 2000
	maxLines   = 32 << 10
	maxTable   = 48 << 10
)

// letter is a card as it is told in a mail.
type letter struct {
	Title        string           `json:"title"`
	Monitor      string           `json:"monitor"`
	Summary      string           `json:"summary"`
	Labels       []string         `json:"labels"`
	AlertID      int64            `json:"alert_id"`
	Priority     monitor.Priority `json:"priority"`
	Acknowledged bool             `json:"acknowledged"`
	Locked       bool             `json:"locked"`
	Closed       notify.Closed    `json:"closed"`
	CreatedAt    time.Time        `json:"created_at"`
	SolvedAt     time.Time        `json:"solved_at"`
	ActiveIssues int              `json:"active_issues"`
	// Lines are the issues in the part that is plain text, Rows those in the other.
	Lines   string     `json:"lines"`
	Fields  []string   `json:"fields"`
	Rows    [][]string `json:"rows"`
	URL     string     `json:"url"`
	DocsURL string     `json:"docs_url"`
	Test    bool       `json:"test"`
}

func newLetter(card *notify.Card) letter {
	l := letter{
		Title:        notify.Shorten(oneLine(card.Title), maxTitle),
		Monitor:      card.Monitor,
		Summary:      notify.Shorten(card.Summary, maxSummary),
		AlertID:      card.AlertID,
		Priority:     card.Priority,
		Acknowledged: card.Acknowledged,
		Locked:       card.Locked,
		Closed:       card.Closed,
		CreatedAt:    card.CreatedAt.UTC(),
		SolvedAt:     card.SolvedAt.UTC(),
		ActiveIssues: card.ActiveIssues,
		Lines:        card.Lines(maxLines),
		Fields:       card.Fields,
		Rows:         rows(card),
		URL:          card.URL,
		DocsURL:      card.DocsURL,
		Test:         card.Test,
	}
	for _, name := range slices.Sorted(maps.Keys(card.Labels)) {
		l.Labels = append(l.Labels, notify.Shorten(name+"="+card.Labels[name], maxTitle))
	}
	return l
}

// rows are as many issues as there is room for.
func rows(card *notify.Card) [][]string {
	const perCell = len(`<td style="padding:4px 8px;border:1px solid #dee2e6"></td>`)
	var rows [][]string
	size := 0
	for _, issue := range card.Issues {
		for _, value := range issue.Values {
			size += len(html.EscapeString(value)) + perCell
		}
		if size > maxTable {
			break
		}
		rows = append(rows, issue.Values)
	}
	return rows
}

func (l letter) rendering() (notify.Rendering, error) {
	text, err := json.Marshal(l)
	return notify.Rendering(text), err
}

func readLetter(r notify.Rendering) (letter, error) {
	var l letter
	if err := json.Unmarshal([]byte(r), &l); err != nil {
		return l, notify.Errorf(notify.Rejected, "read the rendering: %w", err)
	}
	return l, nil
}

// significant is what is worth another mail if it changes. That issues come and go,
// which they may do with every run, is not.
func (l *letter) significant() string {
	return fmt.Sprintf("%d %t %s", l.Priority, l.Acknowledged, l.Closed)
}

// More is how many active issues are not in Rows.
func (l *letter) More() int { return max(0, l.ActiveIssues-len(l.Rows)) }

// State says in one line how the alert is.
func (l *letter) State() string {
	switch l.Closed {
	case notify.ClosedSolved:
		if l.SolvedAt.After(l.CreatedAt) {
			return fmt.Sprintf("Solved after %s", l.SolvedAt.Sub(l.CreatedAt).Round(time.Second))
		}
		return "Solved"
	case notify.ClosedRemoved:
		return "Ended: the monitor does not tell you of this alert any more"
	}
	state := strings.ToUpper(l.Priority.String()) + ", " + count(l.ActiveIssues)
	if l.Acknowledged {
		state += ", acknowledged"
	}
	if l.Locked {
		state += ", locked"
	}
	return state
}

// Times says since when it lasts, or how long it did.
func (l *letter) Times() string {
	const layout = "2006-01-02 15:04:05 MST"
	if l.SolvedAt.IsZero() {
		return "Active since " + l.CreatedAt.Format(layout)
	}
	return "Active from " + l.CreatedAt.Format(layout) + " to " + l.SolvedAt.Format(layout)
}

// Invitation is what the link to the alert is for.
func (l *letter) Invitation() string {
	if l.Closed == notify.ClosedSolved {
		return "See what it was"
	}
	return "See, acknowledge, lock"
}

func count(issues int) string {
	if issues == 1 {
		return "1 active issue"
	}
	return fmt.Sprintf("%d active issues", issues)
}

// Colour is that of the bar beside what is told.
func (l *letter) Colour() string { return notify.Colour(l.Priority, l.Closed) }
