package shoutrrr

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/notify"
)

// What is shown, in characters. All of it fits into the messages of every service:
// the smallest are those of Pushover, 1024.
const (
	maxTitle   = 120
	maxSummary = 150
	maxValue   = 120
	maxLines   = 400
	maxText    = 940
)

// rendering is a card as text, with what decides about another message.
type rendering struct {
	Text         string           `json:"text"`
	Priority     monitor.Priority `json:"priority"`
	Acknowledged bool             `json:"acknowledged"`
	Closed       notify.Closed    `json:"closed"`
}

func newRendering(card *notify.Card) rendering {
	lines := []string{headline(card)}
	if card.Test {
		lines = append(lines, "This is a test. Nothing is wrong.")
	}
	if card.Closed == "" && card.Summary != "" {
		lines = append(lines, notify.Shorten(plain(card.Summary), maxSummary))
	}
	if issues := table(card); issues != "" {
		lines = append(lines, issues)
	}
	if card.URL != "" {
		lines = append(lines, card.URL)
	}
	return rendering{
		Text:     notify.Shorten(strings.Join(lines, "\n"), maxText),
		Priority: card.Priority, Acknowledged: card.Acknowledged, Closed: card.Closed,
	}
}

// headline says it all in one line.
func headline(card *notify.Card) string {
	title := fmt.Sprintf("%s (alert %d)", notify.Shorten(plain(strings.Join(strings.Fields(card.Title), " ")), maxTitle), card.AlertID)
	switch {
	case card.Closed == notify.ClosedSolved:
		return "Solved: " + title
	case card.Closed != "":
		return "Ended: " + title
	}
	text := fmt.Sprintf("%s: %s, %d active", strings.ToUpper(card.Priority.String()), title, card.ActiveIssues)
	if card.Acknowledged {
		text += ", acknowledged"
	}
	return text
}

// table lists issues, as plain text.
func table(card *notify.Card) string {
	shown := *card
	shown.Issues = nil
	for _, issue := range card.Issues {
		values := slices.Clone(issue.Values)
		for i, value := range values {
			values[i] = notify.Shorten(plain(value), maxValue)
		}
		shown.Issues = append(shown.Issues, notify.IssueRow{ModelID: issue.ModelID, Values: values})
	}
	return shown.Lines(maxLines)
}

// pause is a space that nobody sees.
const pause = "\u200b"

// inert has the services find nothing to act upon: no mention that calls a whole
// channel, no tag, no link that says something else than where it leads.
var inert = strings.NewReplacer("@", "@"+pause, "<", "<"+pause, "](", "]"+pause+"(")

// plain makes text of others harmless wherever it is shown.
func plain(text string) string { return inert.Replace(strings.ToValidUTF8(text, "\uFFFD")) }
