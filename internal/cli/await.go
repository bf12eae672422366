package cli

import (
	"context"
	"fmt"
	"time"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/pause"
)

// How often to ask what became of an execution: soon at first, as most runs are
// short.
const (
	firstPoll = 50 * time.Millisecond
	lastPoll  = time.Second
)

// Await waits until the first execution of a monitor whose id is higher than after
// has ended. The error is the server's, or ctx's cause.
func Await(ctx context.Context, c *client.Client, name string, after int64, progress *Progress) (client.Execution, error) {
	begun := time.Now()
	defer progress.Clear()
	var execution client.Execution
	for poll := firstPoll; ; poll = min(2*poll, lastPoll) {
		var err error
		if execution, err = look(ctx, c, name, after, execution.ID); err != nil {
			return execution, err
		}
		if execution.FinishedAt != nil {
			return execution, nil
		}
		progress.Show(fmt.Sprintf("%s: %s, %s so far", oneLine(name), stage(&execution), span(time.Since(begun))))
		if err := pause.For(ctx, poll); err != nil {
			return execution, err
		}
	}
}

// look reads the execution that is waited for; without an id it has yet to be
// found, and is the zero one if it does not exist so far.
func look(ctx context.Context, c *client.Client, name string, after, id int64) (client.Execution, error) {
	if id == 0 {
		const enough = 10
		page, err := c.Executions(ctx, client.ExecutionFilter{Monitor: name}, client.Paging{Limit: enough})
		if err != nil {
			return client.Execution{}, err
		}
		for _, execution := range page.Items {
			if execution.ID > after {
				id = execution.ID
			}
		}
		if id == 0 {
			return client.Execution{}, nil
		}
	}
	// Lists leave the log out.
	return c.Execution(ctx, id)
}

func stage(e *client.Execution) string {
	switch {
	case e.ID == 0:
		return "due"
	case e.StartedAt == nil:
		return "waiting for an executor"
	default:
		return e.Status
	}
}
