package config

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/vedettehq/vedette/internal/monitor"
)

const (
	databasePrefix      = "DATABASE_"
	applicationDatabase = databasePrefix + "APPLICATION"
)

var databaseName = regexp.MustCompile(`^[a-z0-9_]+$`)

// readAddresses takes the addresses of databases from the environment: the
// application's own, and those that monitors query.
func readAddresses(config *Config, env environment) monitor.Diagnostics {
	var problems monitor.Diagnostics
	variables := map[string]string{}
	for _, variable := range env.names(databasePrefix) {
		address, _, err := env.lookup(variable)
		if err != nil {
			problems = append(problems, environmentProblem(variable, err.Error()))
			continue
		}
		if address == "" {
			continue
		}
		if variable == applicationDatabase {
			config.ApplicationDatabase.Address = monitor.NewSecret(address)
			continue
		}
		name := strings.ToLower(strings.TrimPrefix(variable, databasePrefix))
		if other, ok := variables[name]; ok {
			problems = append(problems, environmentProblem(variable, fmt.Sprintf("names the same database as %s: leave one of them out", other)))
			continue
		}
		if !databaseName.MatchString(name) {
			problems = append(problems, environmentProblem(variable, "a database's name has only letters, digits and underscores"))
			continue
		}
		variables[name] = variable
		config.Databases.Addresses[name] = monitor.NewSecret(address)
	}
	return problems
}

func environmentProblem(variable, message string) monitor.Diagnostic {
	return monitor.Diagnostic{File: "environment: " + variable, Message: message, Severity: monitor.SeverityError}
}
