package lib

import (
	"strings"
	"time"

	"go.starlark.net/starlark"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
)

func declarations() []script.Builtin {
	return append(rules(),
		script.Builtin{
			Signature: `monitor(*, model_id_key: str, search_cron: str | None = None, update_cron: str | None = None, ` +
				`solvable: bool = True, unique: bool = False, missing: Literal["keep", "solve", "drop"] = "keep", ` +
				`alert: Rule | None = None, dismiss_acknowledge_on_new_issues: bool = False, max_issues_creation: int | None = None, ` +
				`execution_timeout: Duration | None = None, save_events: bool = False, notifications: list[Receiver] = [], ` +
				`labels: dict[str, str] = {}) -> None`,
			Doc:        "Declares the monitor; to be called once, at the top level.",
			Parameters: monitorParameters,
			Place:      script.AtTopLevel,
			Run:        declareMonitor,
		},
		script.Builtin{
			Signature: `receiver(name: str, title: str | None = None, issues_fields: list[str] = [], issue_show_limit: int | None = None, ` +
				`min_priority_to_send: Priority | None = None, min_priority_to_mention: Priority | None = None, ` +
				`mention_on_update: bool = False) -> Receiver`,
			Doc:        "A receiver of the configuration on which the monitor's alerts are shown.",
			Parameters: receiverParameters,
			Place:      script.AtTopLevel,
			Run:        makeReceiver,
		},
	)
}

func declareMonitor(s *script.Scope, a *script.Args) (starlark.Value, error) {
	options := monitor.Options{
		ModelIDKey:                    a.String("model_id_key"),
		SearchCron:                    cronOption(a, "search_cron"),
		UpdateCron:                    cronOption(a, "update_cron"),
		Solvable:                      a.Bool("solvable", true),
		Unique:                        a.Bool("unique", false),
		Missing:                       missingOption(a),
		Rule:                          alertOption(a),
		DismissAcknowledgeOnNewIssues: a.Bool("dismiss_acknowledge_on_new_issues", false),
		MaxIssuesCreation:             a.Int("max_issues_creation", 0),
		ExecutionTimeout:              a.Duration("execution_timeout"),
		SaveEvents:                    a.Bool("save_events", false),
		Notifications:                 notificationsOption(a),
		Labels:                        labelsOption(a),
	}
	if a.Has("model_id_key") && options.ModelIDKey == "" {
		if _, isText := a.Value("model_id_key").(starlark.String); isText {
			a.Refuse("model_id_key", "must not be empty: it names the field that identifies an issue")
		}
	}
	if a.Has("max_issues_creation") && options.MaxIssuesCreation < 1 {
		refuseNumber(a, "max_issues_creation", "must be at least 1")
	}
	if a.Has("execution_timeout") && options.ExecutionTimeout <= 0 {
		refuseNumber(a, "execution_timeout", "must be more than 0")
	}
	s.Declare(a, options)
	return starlark.None, nil
}

// refuseNumber refuses a value that is out of bounds, unless its type was refused
// already.
func refuseNumber(a *script.Args, name, message string) {
	if a.Refused(name) {
		return
	}
	a.Refuse(name, "%s", message)
}

func cronOption(a *script.Args, name string) string {
	expr := a.String(name)
	if !a.Has(name) || a.Refused(name) {
		return ""
	}
	// Whether it is valid does not depend on the zone it is meant in.
	if _, err := monitor.ParseCron(expr, time.UTC); err != nil {
		a.Note(name, "%s: %v", name, err)
		return ""
	}
	return expr
}

func missingOption(a *script.Args) monitor.Missing {
	choices := []string{string(monitor.MissingKeep), string(monitor.MissingSolve), string(monitor.MissingDrop)}
	return monitor.Missing(choice(a, "missing", choices, string(monitor.MissingKeep)))
}

func alertOption(a *script.Args) *monitor.Rule {
	if !a.Has("alert") {
		return nil
	}
	rule, ok := a.Value("alert").(*ruleValue)
	if !ok {
		a.Refuse("alert", "must be count_rule(...), age_rule(...) or value_rule(...), not %s", script.Describe(a.Value("alert")))
		return nil
	}
	return &rule.rule
}

func notificationsOption(a *script.Args) []monitor.Notification {
	var notifications []monitor.Notification
	for _, element := range a.List("notifications") {
		if receiver, ok := element.(*receiverValue); ok {
			notifications = append(notifications, receiver.notification)
		} else if script.IsKnown(element) {
			a.Refuse("notifications", "must be a list of receiver(...), but holds %s", script.Describe(element))
		}
	}
	return notifications
}

// Labels are shown with each monitor and alert, and sent along with messages.
const (
	maxLabels     = 100
	maxLabelBytes = 1000
)

func labelsOption(a *script.Args) map[string]string {
	if !a.Has("labels") {
		return nil
	}
	dict, ok := a.Value("labels").(*starlark.Dict)
	if !ok {
		a.Refuse("labels", "must be a dict of strings, not %s", script.Describe(a.Value("labels")))
		return nil
	}
	if dict.Len() > maxLabels {
		a.Refuse("labels", "must be at most %d, not %d", maxLabels, dict.Len())
		return nil
	}
	labels := make(map[string]string, dict.Len())
	for key, value := range dict.Entries() {
		name, isText := starlark.AsString(key)
		text, isTextToo := starlark.AsString(value)
		if !isText || !isTextToo {
			a.Refuse("labels", "must be a dict of strings, but has %s: %s", script.Brief(key), script.Brief(value))
			continue
		}
		if name == "" || strings.ContainsRune(name+text, 0) {
			a.Refuse("labels", "must have names, and text without U+0000: %q: %q is no label", name, text)
			continue
		}
		if len(name) > maxLabelBytes || len(text) > maxLabelBytes {
			a.Refuse("labels", "must have names and values of at most %d bytes", maxLabelBytes)
			continue
		}
		labels[name] = text
	}
	return labels
}

// choice gives a text that must be one of a few.
func choice(a *script.Args, name string, choices []string, fallback string) string {
	text := a.String(name)
	if !a.Has(name) || a.Refused(name) {
		return fallback
	}
	for _, valid := range choices {
		if text == valid {
			return text
		}
	}
	a.Refuse(name, "must be one of %s, not %q%s", quoted(choices), text, script.DidYouMean(text, choices))
	return fallback
}
