package notifytest

import (
	"fmt"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/notify"
)

// The nonces of the suite.
const (
	nonceA = "0193a000-0000-7000-8000-00000000000a"
	nonceB = "0193a000-0000-7000-8000-00000000000b"
)

var created = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// Card is an active alert of priority moderate with two issues.
func Card(change ...func(*notify.Card)) *notify.Card {
	card := &notify.Card{
		Title:          "Stuck orders",
		Monitor:        "stuck_orders",
		Summary:        "Orders that nobody ships.",
		Labels:         map[string]string{"team": "payments"},
		AlertID:        42,
		Priority:       monitor.Moderate,
		CreatedAt:      created,
		CanAcknowledge: true,
		CanLock:        true,
		ActiveIssues:   2,
		Fields:         []string{"order_id", "state"},
		Issues: []notify.IssueRow{
			{ModelID: "7001", Values: []string{"7001", "awaiting"}},
			{ModelID: "7002", Values: []string{"7002", "-"}},
		},
		URL:     "http://127.0.0.1:8000/#/alerts/42",
		DocsURL: "http://127.0.0.1:8000/#/monitors/stuck_orders",
	}
	for _, c := range change {
		c(card)
	}
	return card
}

func critical(c *notify.Card) { c.Priority = monitor.Critical }

func acknowledged(c *notify.Card) { c.Acknowledged, c.CanAcknowledge = true, false }

func solved(c *notify.Card) {
	c.Closed, c.SolvedAt = notify.ClosedSolved, created.Add(time.Hour)
	c.ActiveIssues, c.Issues = 0, nil
	c.CanAcknowledge, c.CanLock = false, false
}

// hostile is text that means something to most services.
const hostile = `<!channel> @everyone *b* _i_ [x](http://evil.example) <b>&amp;</b> "q" \n {{.}}`

func hostileText(c *notify.Card) {
	c.Title = hostile
	c.Issues[0].Values[1] = hostile
}

// huge has more than any service takes.
func huge(c *notify.Card) {
	c.ActiveIssues = 100_000
	c.Issues = nil
	for i := range 5_000 {
		c.Issues = append(c.Issues, notify.IssueRow{
			ModelID: fmt.Sprint(i),
			Values:  []string{fmt.Sprint(i), fmt.Sprintf("%0500d", i)},
		})
	}
}
