package slack

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"github.com/vedettehq/vedette/internal/notify"
)

// summary is a card in one line.
func summary(card *notify.Card) string {
	title := oneLine(card.Title)
	switch card.Closed {
	case "":
		return fmt.Sprintf("%s: %s, %s", strings.ToUpper(card.Priority.String()), title, count(card.ActiveIssues))
	case notify.ClosedSolved:
		return "Solved: " + title
	default:
		return "Ended: " + title
	}
}

func count(issues int) string {
	if issues == 1 {
		return "1 active issue"
	}
	return fmt.Sprintf("%d active issues", issues)
}

// body is what stands below the title. Buttons come before the issues: Slack folds
// what is long, and they have to be there without unfolding.
func (t *Target) body(card *notify.Card) []slack.Block {
	blocks := []slack.Block{slack.NewSectionBlock(words(state(card)), nil, nil)}
	if about := about(card); about != "" {
		blocks = append(blocks, slack.NewContextBlock("", plain(about, maxSection)))
	}
	if buttons := t.buttonsOf(card); len(buttons) > 0 {
		blocks = append(blocks, slack.NewActionBlock("", buttons...))
	}
	shown := 0
	if card.Closed == "" {
		var tables []slack.Block
		tables, shown = table(card.Fields, card.Issues)
		blocks = append(blocks, tables...)
	}
	if more := card.ActiveIssues - shown; more > 0 && shown > 0 {
		blocks = append(blocks, slack.NewContextBlock("", plain(fmt.Sprintf("%d more", more), maxSection)))
	}
	return append(blocks, slack.NewContextBlock("", plain(footer(card), maxSection)))
}

// state says in our own words how the alert is.
func state(card *notify.Card) string {
	var parts []string
	switch card.Closed {
	case notify.ClosedSolved:
		parts = append(parts, "*Solved* "+moment(card.SolvedAt))
	case notify.ClosedRemoved:
		parts = append(parts, "*Ended here*: the monitor does not tell this channel any more")
	default:
		name := card.Priority.String()
		parts = append(parts, "*"+strings.ToUpper(name[:1])+name[1:]+"*", count(card.ActiveIssues), "since "+moment(card.CreatedAt))
		if card.Acknowledged {
			parts = append(parts, ":white_check_mark: *Acknowledged*")
		}
		if card.Locked {
			parts = append(parts, ":lock: *Locked*")
		}
	}
	if card.Test {
		parts = append(parts, "*This is a test*")
	}
	return strings.Join(parts, "  ·  ")
}

// moment is a time that each reader sees in a time zone of their own.
func moment(at time.Time) string {
	return fmt.Sprintf("<!date^%d^{date_short_pretty} {time}|%s>", at.Unix(), at.UTC().Format("2006-01-02 15:04 UTC"))
}

// about says what the monitor is for, and whose.
func about(card *notify.Card) string {
	var parts []string
	if card.Summary != "" {
		parts = append(parts, oneLine(card.Summary))
	}
	for _, name := range slices.Sorted(maps.Keys(card.Labels)) {
		parts = append(parts, oneLine(name)+": "+oneLine(card.Labels[name]))
	}
	return strings.Join(parts, "  ·  ")
}

// footer names what commands name.
func footer(card *notify.Card) string {
	return fmt.Sprintf("%s  ·  alert %d", card.Monitor, card.AlertID)
}

// The buttons, by their action's id.
const (
	actAcknowledge = "acknowledge"
	actLock        = "lock"
	actUnlock      = "unlock"
	actSolve       = "solve"
	// actShowDocs asks for the documentation; actDocs and actOpen are links.
	actShowDocs = "show_docs"
	actDocs     = "docs"
	actOpen     = "open"
)

// buttonsOf are what can be done with the alert now, and where more is to be read.
func (t *Target) buttonsOf(card *notify.Card) []slack.BlockElement {
	var elements []slack.BlockElement
	add := func(allowed bool, action, text string) *slack.ButtonBlockElement {
		button := slack.NewButtonBlockElement(action, strconv.FormatInt(card.AlertID, 10), plain(text, 75))
		if allowed {
			elements = append(elements, button)
		}
		return button
	}
	active := t.buttons && card.Closed == ""
	add(active && card.CanAcknowledge, actAcknowledge, "Acknowledge").WithStyle(slack.StylePrimary)
	add(active && card.CanLock, actLock, "Lock")
	add(active && card.Locked, actUnlock, "Unlock")
	add(active && card.CanSolve, actSolve, "Solve").WithStyle(slack.StyleDanger).Confirm = slack.NewConfirmationBlockObject(
		plain("Solve the alert?", 100), plain("All of its issues count as solved then, for good.", 300), plain("Solve", 30), plain("Leave it", 30))
	add(card.URL != "", actOpen, "Open").URL = card.URL
	add(card.DocsURL != "", actDocs, "Docs").URL = card.DocsURL
	add(card.DocsURL == "" && t.buttons, actShowDocs, "Docs").Value = card.Monitor
	return elements
}
