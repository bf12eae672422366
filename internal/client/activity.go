package client

import (
	"context"
	"strconv"
	"time"
)

// Activity is how issues came and went, in parts of equal length.
type Activity struct {
	From    time.Time `json:"from"`
	To      time.Time `json:"to" doc:"The end of the last part, which may still be under way."`
	Step    int       `json:"step" doc:"How long each part is, in seconds."`
	Buckets int       `json:"buckets" doc:"How many parts there are. Those that have not begun are left out."`
	Now     time.Time `json:"now" doc:"The platform's time."`
	// Monitors are ordered by name.
	Monitors []MonitorActivity `json:"monitors" nullable:"false" doc:"By name; without those of which there is nothing to tell."`
}

// MonitorActivity is that of one monitor: a number for each part.
type MonitorActivity struct {
	Monitor string `json:"monitor" doc:"The monitor's name."`
	Active  []int  `json:"active" nullable:"false" doc:"How many issues were active at the end of each part, or are now in the one under way."`
	Created []int  `json:"created" nullable:"false" doc:"How many were created in each part."`
	Solved  []int  `json:"solved" nullable:"false" doc:"How many were solved in each part."`
	Dropped []int  `json:"dropped" nullable:"false" doc:"How many were dropped in each part."`
}

// ActivityQuery says of what time. Zero fields take the server's defaults.
type ActivityQuery struct {
	Monitor string
	From    time.Time
	// Step is in whole seconds.
	Step    time.Duration
	Buckets int
}

// Activity reads how issues came and went.
func (c *Client) Activity(ctx context.Context, q ActivityQuery) (Activity, error) {
	query := Paging{}.values()
	set(query, "monitor", q.Monitor)
	if !q.From.IsZero() {
		query.Set("from", q.From.UTC().Format(time.RFC3339Nano))
	}
	setID(query, "step", int64(q.Step.Seconds()))
	if q.Buckets != 0 {
		query.Set("buckets", strconv.Itoa(q.Buckets))
	}
	return get[Activity](ctx, c, "/api/v1/activity", query)
}
