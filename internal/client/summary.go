package client

import (
	"context"
	"time"
)

// Summary counts what is wrong, and how monitors are.
type Summary struct {
	Now    time.Time `json:"now" doc:"The platform's time."`
	Alerts struct {
		AlertCounts
		ByPriority []PriorityCounts `json:"by_priority" nullable:"false" doc:"All five priorities, the most important first."`
	} `json:"alerts"`
	Issues struct {
		Active int `json:"active"`
	} `json:"issues"`
	Monitors HealthCounts `json:"monitors"`
}

// AlertCounts counts active alerts.
type AlertCounts struct {
	Active         int `json:"active"`
	Unacknowledged int `json:"unacknowledged" doc:"Not acknowledged, or become more important since."`
	Silenced       int `json:"silenced" doc:"People are not told of them for now."`
	Waiting        int `json:"waiting" doc:"Neither acknowledged nor silenced: what somebody has to look at."`
}

// PriorityCounts counts the active alerts of a priority.
type PriorityCounts struct {
	Priority int    `json:"priority" minimum:"1" maximum:"5"`
	Name     string `json:"name" enum:"critical,high,moderate,low,informational"`
	AlertCounts
}

// HealthCounts counts monitors by their health.
type HealthCounts struct {
	Total     int `json:"total"`
	OK        int `json:"ok"`
	Violating int `json:"violating"`
	Unknown   int `json:"unknown"`
	Disabled  int `json:"disabled"`
}

// Summary reads what is wrong, and how monitors are.
func (c *Client) Summary(ctx context.Context) (Summary, error) {
	return get[Summary](ctx, c, "/api/v1/summary", nil)
}
