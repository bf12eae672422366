package slack

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/notify"
)

const (
	// rememberFor is how long we believe what Slack said of somebody.
	rememberFor = 10 * time.Minute
	// maxRemembered bounds how many we know.
	maxRemembered = 5000
)

// people knows who may act, and what they are called.
type people struct {
	api *slack.Client
	// responders are the only ones who may act; empty: all members may.
	responders []string
	// team and enterprise are where we are at home.
	team, enterprise string

	mu    sync.Mutex
	known map[string]acquaintance
}

type acquaintance struct {
	user  *slack.User
	until time.Time
}

func newPeople(api *slack.Client, responders []string) *people {
	return &people{api: api, responders: responders, known: map[string]acquaintance{}}
}

func (p *people) isHome(team, enterprise string) { p.team, p.enterprise = team, enterprise }

// actor names somebody as whoever did something. The error says why they may not.
func (p *people) actor(ctx context.Context, id string) (string, error) {
	user, err := p.lookUp(ctx, id)
	if err != nil {
		return "", err
	}
	switch {
	case user.IsBot || user.IsWorkflowBot || user.Deleted:
		return "", monitor.Errorf(monitor.CodeForbidden, "only people can do that")
	case p.isForeign(user):
		return "", monitor.Errorf(monitor.CodeForbidden, "you are from another workspace: only members of this one can do that")
	case slices.Contains(p.responders, id):
	case len(p.responders) > 0:
		return "", monitor.Errorf(monitor.CodeForbidden, "you are not among the responders: whoever runs vedette can add %s to responders in the configuration", id)
	case user.IsRestricted || user.IsUltraRestricted:
		return "", monitor.Errorf(monitor.CodeForbidden, "guests cannot do that: whoever runs vedette can add %s to responders in the configuration", id)
	}
	return fmt.Sprintf("slack:%s (%s)", id, nameOf(user)), nil
}

// isForeign tells whether somebody came in over a channel that is shared with
// others.
func (p *people) isForeign(user *slack.User) bool {
	if user.TeamID == p.team && !user.IsStranger {
		return false
	}
	return p.enterprise == "" || user.Enterprise.EnterpriseID != p.enterprise
}

// lookUp asks Slack who somebody is. Nobody may do anything of whom it does not say.
func (p *people) lookUp(ctx context.Context, id string) (*slack.User, error) {
	p.mu.Lock()
	met, ok := p.known[id]
	p.mu.Unlock()
	if ok && time.Now().Before(met.until) {
		return met.user, nil
	}
	user, err := p.api.GetUserInfoContext(ctx, id)
	if err != nil {
		code := monitor.CodeUnavailable
		err = refusal(err, "the workspace")
		if notify.KindOf(err) == notify.Refused {
			code = monitor.CodeForbidden
		}
		return nil, monitor.Errorf(code, "it cannot be found out who you are: %w", err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.known) >= maxRemembered {
		clear(p.known)
	}
	p.known[id] = acquaintance{user: user, until: time.Now().Add(rememberFor)}
	return user, nil
}

// nameOf is what others call somebody, in one line of a reasonable length.
func nameOf(user *slack.User) string {
	const most = 80
	name := oneLine(cmp.Or(strings.TrimSpace(user.Profile.DisplayName), user.RealName, user.Name))
	if runes := []rune(name); len(runes) > most {
		name = string(runes[:most]) + ellipsis
	}
	return name
}
