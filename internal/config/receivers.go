package config

import (
	"fmt"
	"reflect"
	"strings"
	"time"

	"github.com/goccy/go-yaml/ast"

	"github.com/vedettehq/vedette/internal/monitor"
)

// Receiver is a name under which monitors have people told of their alerts.
type Receiver struct {
	Throttle Throttle `yaml:"throttle"`
	// Targets are the settings of each plugin that tells them, by its name. What is
	// in them is the plugin's matter.
	Targets map[string]TargetSettings
}

// Throttle bounds the new messages of each target.
type Throttle struct {
	Max int           `yaml:"max" min:"0" max:"100000" doc:"Most alerts that are told for the first time within that time; the others are held back until later, which is said. 0: no bound."`
	Per time.Duration `yaml:"per" min:"1s" max:"1d" doc:"That time."`
}

// TargetSettings are the settings of one plugin.
type TargetSettings struct {
	// JSON is an object, with variables replaced.
	JSON monitor.Secret
	// Where is the place in the file: file:line:column.
	Where string
}

// Slack is the account with which Slack is spoken to.
type Slack struct {
	Token    monitor.Secret
	AppToken monitor.Secret
}

const (
	slackToken    = "SLACK_TOKEN"     //nolint:gosec // the name of a variable
	slackAppToken = "SLACK_APP_TOKEN" //nolint:gosec // the name of a variable
)

// readSlack takes the account from the environment.
func readSlack(config *Config, env environment) monitor.Diagnostics {
	var problems monitor.Diagnostics
	for name, target := range map[string]*monitor.Secret{slackToken: &config.Slack.Token, slackAppToken: &config.Slack.AppToken} {
		value, _, err := env.lookup(name)
		if err != nil {
			problems = append(problems, environmentProblem(name, err.Error()))
			continue
		}
		*target = monitor.NewSecret(strings.TrimSpace(value))
	}
	return problems
}

func defaultReceiver() Receiver {
	return Receiver{Throttle: Throttle{Max: 20, Per: time.Minute}, Targets: map[string]TargetSettings{}}
}

// receivers decodes names to the plugins behind them.
func (d *decoder) receivers(node ast.Node, k key, target reflect.Value) {
	found := map[string]Receiver{}
	d.entries(node, k.path, func(name string, where, value ast.Node) {
		if !databaseName.MatchString(name) {
			d.problem(where, "%s: %q is no name: only a-z, 0-9 and _", k.path, name)
			return
		}
		receiver := d.receiver(value, join(k.path, name))
		if len(receiver.Targets) == 0 {
			d.problem(where, "%s: names nobody: say who is told, such as slack: {channel: C0123456789}", join(k.path, name))
		}
		found[name] = receiver
	})
	target.Set(reflect.ValueOf(found))
}

func (d *decoder) receiver(node ast.Node, path string) Receiver {
	receiver := defaultReceiver()
	d.entries(node, path, func(name string, where, value ast.Node) {
		path := join(path, name)
		if name == "throttle" {
			d.mapping(value, path, reflect.ValueOf(&receiver.Throttle).Elem())
			return
		}
		if _, ok := value.(ast.MapNode); !ok {
			d.problem(where, "%s: expected keys with values below it, not %s", path, describe(value))
			return
		}
		text, err := d.json(value)
		if err != nil {
			d.problemOf(where, path, err)
			text = "{}"
		}
		position := where.GetToken().Position
		receiver.Targets[name] = TargetSettings{
			JSON:  monitor.NewSecret(string(text)),
			Where: fmt.Sprintf("%s:%d:%d", d.path, position.Line, position.Column),
		}
	})
	return receiver
}
