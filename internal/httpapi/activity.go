package httpapi

import (
	"context"
	"net/http"
	"time"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

func (a *api) registerActivity() {
	register(a, operation{
		method: http.MethodGet, path: "/api/v1/activity", id: "read-activity", role: Viewer,
		summary: "See how issues came and went", errors: []int{http.StatusNotFound},
	}, func(ctx context.Context, input *activityInput) (shared[client.Activity], error) {
		return share(ctx, a, activityOf, *input, func(ctx context.Context) (client.Activity, error) { return a.readActivity(ctx, input) })
	})
}

type activityInput struct {
	Monitor string    `query:"monitor" maxLength:"200" doc:"The name of a monitor; left out: all of them."`
	From    time.Time `query:"from" doc:"The beginning. Left out: so that the last part is the one under way, and all begin at multiples of step since 1970 in UTC."`
	Step    int       `query:"step" minimum:"1" maximum:"2678400" default:"3600" doc:"How long each part is, in seconds."`
	Buckets int       `query:"buckets" minimum:"1" maximum:"400" default:"24" doc:"How many parts there are."`
}

// query is what is asked of the store: only parts that have begun.
func (input *activityInput) query(now time.Time) (store.ActivityQuery, error) {
	step := time.Duration(input.Step) * time.Second
	q := store.ActivityQuery{Monitor: input.Monitor, From: input.From.UTC(), Step: step, Buckets: input.Buckets}
	if input.From.IsZero() {
		// Not Truncate, which counts from the year 1.
		begun := now.Unix() / int64(input.Step)
		q.From = time.Unix((begun-int64(input.Buckets)+1)*int64(input.Step), 0).UTC()
	}
	if !q.From.Before(now) {
		return q, monitor.Errorf(monitor.CodeInvalid, "from: %s lies in the future: it is %s now", q.From.Format(time.RFC3339), now.UTC().Format(time.RFC3339))
	}
	if q.From.Year() < 1970 {
		return q, monitor.Errorf(monitor.CodeInvalid, "from: %s is before 1970", q.From.Format(time.RFC3339))
	}
	q.Buckets = min(q.Buckets, int((now.Sub(q.From)+step-1)/step))
	return q, nil
}

func (a *api) readActivity(ctx context.Context, input *activityInput) (client.Activity, error) {
	now := a.store.Now()
	q, err := input.query(now)
	if err != nil {
		return client.Activity{}, err
	}
	activities, err := a.store.Activity(ctx, q)
	if err != nil {
		return client.Activity{}, err
	}
	if input.Monitor != "" && len(activities) == 0 {
		// Nothing happened, or there is no such monitor, and never was.
		_, err := a.store.MonitorVersions(ctx, input.Monitor, store.Page{Limit: 1})
		if monitor.CodeOf(err) == monitor.CodeNotFound {
			err = monitor.Errorf(monitor.CodeNotFound, "monitor %q does not exist", input.Monitor)
		}
		if err != nil {
			return client.Activity{}, err
		}
	}
	shown := client.Activity{
		From: q.From, To: q.From.Add(time.Duration(q.Buckets) * q.Step), Step: input.Step, Buckets: q.Buckets, Now: now.UTC(),
		Monitors: make([]client.MonitorActivity, len(activities)),
	}
	for i := range activities {
		shown.Monitors[i] = client.MonitorActivity(activities[i])
	}
	return shown, nil
}
