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

// grammar says how what stands behind a verb is read.
var grammar = map[verb]func(*command, []string) error{
	help:    func(*command, []string) error { return nil },
	resend:  func(*command, []string) error { return nil },
	enable:  readName,
	disable: readName,
	docs:    readName,
	refresh: readRefresh,
	ack:     readAlert,
	lock:    readAlert,
	unlock:  readAlert,
	solve:   readAlert,
	drop:    readIssue,
}

// synonyms are what people say as well.
var synonyms = map[verb]verb{"acknowledge": ack, "hello": help, "hi": help}

// parseCommand reads what somebody said to us. The error says what would be right.
func parseCommand(text string) (command, error) {
	words := strings.Fields(called.ReplaceAllString(text, " "))
	for i := range words {
		words[i] = strings.Trim(words[i], "`*~\"'.,:!#")
	}
	if len(words) == 0 {
		return command{verb: help}, nil
	}
	asked := command{verb: verb(strings.ToLower(words[0]))}
	if meant, ok := synonyms[asked.verb]; ok {
		asked.verb = meant
	}
	read, ok := grammar[asked.verb]
	if !ok {
		return command{}, fmt.Errorf("%q is nothing that can be done here", words[0])
	}
	err := read(&asked, words[1:])
	return asked, err
}

func readName(c *command, words []string) (err error) {
	var rest []string
	c.monitor, rest, err = oneName(c.verb, words)
	if err == nil && len(rest) > 0 {
		return fmt.Errorf("%s takes one monitor at a time, and not %q besides", c.verb, strings.Join(rest, " "))
	}
	return err
}

func readRefresh(c *command, words []string) (err error) {
	var tasks []string
	if c.monitor, tasks, err = oneName(c.verb, words); err != nil {
		return err
	}
	c.tasks, err = monitor.ParseTasks(tasks)
	return err
}

func readAlert(c *command, words []string) (err error) {
	c.id, err = oneID(c.verb, "alert", words)
	return err
}

func readIssue(c *command, words []string) (err error) {
	c.id, err = oneID(c.verb, "issue", words)
	return err
}

// oneName reads the name of a monitor, and gives what stands behind it.
func oneName(v verb, words []string) (string, []string, error) {
	if len(words) > 1 && strings.EqualFold(words[0], "monitor") {
		words = words[1:]
	}
	if len(words) == 0 {
		return "", nil, fmt.Errorf("%s what? Name a monitor: %s my_monitor", v, v)
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
