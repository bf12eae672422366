package lib

import (
	"fmt"
	"strings"

	"go.starlark.net/starlark"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
)

// receiverValue is what receiver(...) gives.
type receiverValue struct{ notification monitor.Notification }

var _ starlark.Value = (*receiverValue)(nil)

func (r *receiverValue) String() string      { return fmt.Sprintf("receiver(%q)", r.notification.Receiver) }
func (*receiverValue) Type() string          { return "receiver" }
func (*receiverValue) Freeze()               {}
func (*receiverValue) Truth() starlark.Bool  { return true }
func (*receiverValue) Hash() (uint32, error) { return 0, fmt.Errorf("unhashable type: receiver") }

func makeReceiver(s *script.Scope, a *script.Args) (starlark.Value, error) {
	notification := monitor.Notification{
		Receiver:             a.String("name"),
		Title:                a.String("title"),
		IssuesFields:         texts(a, "issues_fields"),
		IssueShowLimit:       a.Int("issue_show_limit", 0),
		MinPriorityToSend:    priority(a, "min_priority_to_send"),
		MinPriorityToMention: priority(a, "min_priority_to_mention"),
		MentionOnUpdate:      a.Bool("mention_on_update", false),
	}
	if a.Has("issue_show_limit") && notification.IssueShowLimit < 1 {
		refuseNumber(a, "issue_show_limit", "must be at least 1")
	}
	if a.Has("name") && !a.Refused("name") {
		if doubt := s.DoubtName(monitor.UnknownReceiver, "receiver", notification.Receiver); doubt != nil {
			s.Doubt(a, "name", doubt)
		}
	}
	return &receiverValue{notification}, nil
}

func texts(a *script.Args, name string) []string {
	var list []string
	for _, element := range a.List(name) {
		text, ok := starlark.AsString(element)
		if !ok && script.IsKnown(element) {
			a.Refuse(name, "must be a list of strings, but holds %s", script.Describe(element))
		}
		list = append(list, text)
	}
	return list
}

// priority reads a priority that is given by its name or as 1 to 5.
func priority(a *script.Args, name string) monitor.Priority {
	if !a.Has(name) {
		return 0
	}
	switch value := a.Value(name).(type) {
	case starlark.String:
		if p, err := monitor.ParsePriority(string(value)); err == nil {
			return p
		}
		a.Refuse(name, "must be one of %s, not %q%s", quoted(priorityNames()), string(value), script.DidYouMean(string(value), priorityNames()))
	case starlark.Int:
		if n, ok := value.Int64(); ok && n >= int64(monitor.Critical) && n <= int64(monitor.Informational) {
			return monitor.Priority(n)
		}
		a.Refuse(name, "must be between 1 (critical) and 5 (informational), not %v", value)
	default:
		a.Refuse(name, "must be the name of a priority or 1 to 5, not %s", script.Describe(value))
	}
	return 0
}

func priorityNames() []string {
	names := make([]string, len(monitor.Priorities))
	for i, p := range monitor.Priorities {
		names[i] = p.String()
	}
	return names
}

func quoted(words []string) string {
	list := make([]string, len(words))
	for i, word := range words {
		list[i] = fmt.Sprintf("%q", word)
	}
	return strings.Join(list, ", ")
}
