package config

import (
	"fmt"
	"reflect"
	"regexp"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"github.com/vedettehq/vedette/internal/monitor"
)

// Secrets are what monitors can read with secret(name): values of the environment,
// by the names that the file lists.
type Secrets map[string]monitor.Secret

var secretName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

// platformPrefixes begin the names of variables that are the platform's own, and
// of those that say who the machine is.
var platformPrefixes = []string{databasePrefix, "VEDETTE_", "AWS_", "SLACK_"}

// secrets decodes a list of names and takes their values from the environment.
func (d *decoder) secrets(node ast.Node, k key, target reflect.Value) {
	list, ok := node.(*ast.SequenceNode)
	if !ok {
		d.problem(node, "%s: expected a list such as [SHOP_API_KEY], not %s", k.path, describe(node))
		return
	}
	found := Secrets{}
	for _, element := range list.Values {
		name, _, err := d.text(element)
		if _, twice := found[name]; err == nil && twice {
			err = fmt.Errorf("%q is there twice", name)
		}
		if err == nil {
			found[name], err = d.secret(name)
		}
		if err != nil {
			d.problemOf(element, k.path, err)
			delete(found, name)
		}
	}
	target.Set(reflect.ValueOf(found))
}

// secret gives the value of one. It must be long enough to be told apart in the
// texts out of which it is taken.
func (d *decoder) secret(name string) (monitor.Secret, error) {
	if !secretName.MatchString(name) {
		return monitor.Secret{}, fmt.Errorf("%q is no name of an environment variable", name)
	}
	for _, prefix := range platformPrefixes {
		if strings.HasPrefix(strings.ToUpper(name), prefix) {
			return monitor.Secret{}, fmt.Errorf("%s belongs to the platform: monitors cannot read names that begin with %s", name, prefix)
		}
	}
	value, ok, err := d.env.lookup(name)
	switch {
	case err != nil:
		return monitor.Secret{}, err
	case !ok:
		return monitor.Secret{}, fmt.Errorf("%s %w", name, errNotSet)
	case len(strings.TrimSpace(value)) < monitor.MinSecretBytes:
		return monitor.Secret{}, fmt.Errorf("the value of %s is too short to be kept out of logs: it needs at least %d characters", name, monitor.MinSecretBytes)
	}
	return monitor.NewSecret(value), nil
}
