package e2e

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/testenv"
)

// sharedQueues are the queues that can stand between processes: each configures
// a site for one.
var sharedQueues = map[string]func(t *testing.T, s *site){
	"postgres": func(_ *testing.T, s *site) { s.settings["application_queue"] = "{type: postgres}" },
	"sqs": func(t *testing.T, s *site) {
		t.Helper()
		name := "vedette-" + uuid.NewString()
		s.settings["application_queue"] = fmt.Sprintf("{type: sqs, sqs: {executions: %s-executions, deliveries: %s-deliveries, create_queue: true}}", name, name)
		s.env = append(s.env, "AWS_ENDPOINT_URL="+testenv.SQS(t), "AWS_APPLICATION_REGION=us-east-1",
			"AWS_APPLICATION_ACCESS_KEY_ID=any", "AWS_APPLICATION_SECRET_ACCESS_KEY=any")
	},
}

// stepCode is one of several monitors that look at a problem each, and that tell
// by a variable that their reaction ran.
const stepCode = `
monitor(model_id_key = "id", search_cron = "* * * * * *", update_cron = "* * * * * *", alert = count_rule(low = 0))

def search():
    return query("business", "select id, state from problems where id = %d and state = 'open'")

def update(issues):
    return query("business", "select id, state from problems where id = %d")

def is_solved(issue):
    return issue["state"] == "fixed"

def on_issue_solved(event):
    variables.set("reacted", True)
`

func TestRoles_OneControllerAndTwoExecutors(t *testing.T) {
	t.Parallel()
	for queue, configure := range sharedQueues {
		t.Run(queue, func(t *testing.T) {
			t.Parallel()
			const monitors = 6
			s := newSite(t, "postgres")
			b := newBusiness(t, s)
			configure(t, s)
			s.configure(t)
			for id := 1; id <= monitors; id++ {
				s.monitor(t, fmt.Sprintf("step_%d", id), fmt.Sprintf(stepCode, id, id))
				b.open(t, "step", id, 0)
			}
			controller := s.launch(t, "controller")
			require.NoError(t, controller.Ready(limited(t, patience)))
			for range 2 {
				executor := s.beside(t)
				executor.settings["application_queue"] = s.settings["application_queue"]
				// Long enough that a busy machine does not cost it its lease.
				executor.settings["executor"] = "{heartbeat: 5s}"
				executor.configure(t)
				p := executor.launch(t, "executor")
				require.NoError(t, p.Ready(limited(t, patience)))
				defer stop(t, p)
			}
			defer stop(t, controller)

			store := s.open(t)
			seen := func(what, query string, want int) {
				eventually(t, func() (bool, string) {
					got := texts(t, store, query)
					return len(got) == want, fmt.Sprintf("%s: %v", what, got)
				})
			}
			seen("active issues", "select model_id from issues where status = 'active'", monitors)
			seen("executors that ran something", "select distinct executor_id from executions where status = 'succeeded' limit 2", 2)
			for id := 1; id <= monitors; id++ {
				b.repair(t, id)
			}
			seen("solved issues", "select model_id from issues where status = 'solved'", monitors)
			seen("monitors that reacted", "select name from variables where name = 'reacted'", monitors)
			seen("failures", "select report from executions where status = 'failed'", 0)
		})
	}
}

func TestRoles_AQueueInsideOneProcessIsRefused(t *testing.T) {
	t.Parallel()
	for _, role := range []string{"controller", "executor"} {
		t.Run(role, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, "sqlite")
			p := s.launch(t, role)
			status, err := p.Wait(limited(t, patience))
			require.NoError(t, err)
			require.NotZero(t, status)
			require.Contains(t, p.Log(), "use one of postgres, sqs, or `vedette run`")
			require.Len(t, strings.Split(strings.TrimSpace(p.Log()), "\n"), 1, p.Log())
		})
	}
}
