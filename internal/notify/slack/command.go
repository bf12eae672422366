package slack

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/vedettehq/vedette/internal/monitor"
)

// verb is what somebody asks for.
type verb string

const (
	enable  verb = "enable"
	disable verb = "disable"
	refresh verb = "refresh"
	ack     verb = "ack"
	lock    verb = "lock"
	unlock  verb = "unlock"
	solve   verb = "solve"
	drop    verb = "drop"
	docs    verb = "docs"
	resend  verb = "resend"
	help    verb = "help"
)

// command is what somebody asks for, about what.
type command struct {
	verb verb
	// monitor is a name, id that of an alert or issue; by what the verb is about.
	monitor string
	id      int64
	tasks   monitor.Tasks
}

const helpText = `What you can say:
ack ID, lock ID, unlock ID, solve ID   (an alert; its number is at the end of its message)
drop issue ID
enable monitor NAME, disable monitor NAME
refresh NAME, refresh NAME search, refresh NAME update
docs NAME
resend notifications`

var called = regexp.MustCompile(`<@[UW][A-Z0-9]+(\|[^>]*)?>`)

// parseCommand reads what somebody said to us. The error says what would be right.
func parseCommand(text string) (command, error) {
	words := strings.Fields(called.ReplaceAllString(text, " "))
	for i := range words {
		words[i] = strings.Trim(words[i], "`*~\"'.,:!#")
	}
	if len(words) == 0 {
		return command{verb: help}, nil
	}
	first, rest := verb(strings.ToLower(words[0])), words[1:]
	switch first {
	case help, "hello", "hi":
		return command{verb: help}, nil
	case "acknowledge":
		first = ack
	}
	switch first {
	case enable, disable:
		name, _, err := oneName(first, rest)
		return command{verb: first, monitor: name}, err
	case refresh:
		name, tasks, err := oneName(first, rest)
		if err != nil {
			return command{}, err
		}
		parsed, err := monitor.ParseTasks(tasks)
		return command{verb: first, monitor: name, tasks: parsed}, err
	case docs:
		name, _, err := oneName(first, rest)
		return command{verb: first, monitor: name}, err
	case ack, lock, unlock, solve:
		id, err := oneID(first, "alert", rest)
		return command{verb: first, id: id}, err
	case drop:
		id, err := oneID(first, "issue", rest)
		return command{verb: first, id: id}, err
	case resend:
		return command{verb: first}, nil
	default:
		return command{}, fmt.Errorf("%q is nothing that can be done here", words[0])
	}
}

// oneName reads the name of a monitor, and gives what stands behind it.
func oneName(v verb, words []string) (string, []string, error) {
	if len(words) > 1 && strings.EqualFold(words[0], "monitor") {
		words = words[1:]
	}
	if len(words) == 0 {
		return "", nil, fmt.Errorf("%s what? Name a monitor: %s my_monitor", v, v)
	}
	if v != refresh && len(words) > 1 {
		return "", nil, fmt.Errorf("%s takes one monitor at a time, and not %q besides", v, strings.Join(words[1:], " "))
	}
	return words[0], words[1:], nil
}

// oneID reads the number of an alert or issue.
func oneID(v verb, what string, words []string) (int64, error) {
	if len(words) > 0 && strings.EqualFold(words[0], what) {
		words = words[1:]
	}
	if len(words) != 1 {
		return 0, fmt.Errorf("%s takes the number of one %s: %s 42", v, what, v)
	}
	id, err := strconv.ParseInt(words[0], 10, 64)
	if err != nil || id < 1 {
		return 0, fmt.Errorf("%q is no number of an %s: %s 42", words[0], what, v)
	}
	return id, nil
}
