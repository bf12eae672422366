package config

import (
	"fmt"
	"strings"

	"github.com/vedettehq/vedette/internal/monitor"
)

const (
	adminToken = "VEDETTE_ADMIN_TOKEN" //nolint:gosec // the name of a variable
	// shortestToken is refused, as it can be guessed; what is shorter than a safe one
	// is warned of.
	shortestToken, safeToken = 8, 20
	// placeholder is what examples have in the place of secrets.
	placeholder = "change-me"
	longToken   = "a long random text, such as `openssl rand -hex 32` prints"
)

// readAdminToken takes the token of the first administrator from the environment.
func readAdminToken(config *Config, env environment) monitor.Diagnostics {
	token, _, err := env.lookup(adminToken)
	switch {
	case err != nil:
		return monitor.Diagnostics{environmentProblem(adminToken, err.Error())}
	case token == "" && env.values[adminToken+fileSuffix] != "":
		// A variable without a value is one that a compose file passes on. A file is
		// written by somebody, and without a token the machine itself is let in.
		return monitor.Diagnostics{environmentProblem(adminToken, "the file that "+adminToken+fileSuffix+" names is empty: write "+longToken+" into it")}
	case token == "":
		return nil
	case strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r > '~' }):
		return monitor.Diagnostics{environmentProblem(adminToken, "has characters that cannot be sent in a header: only letters, digits and punctuation of ASCII, without spaces")}
	case token == placeholder:
		return monitor.Diagnostics{environmentProblem(adminToken, "is still the placeholder of the examples: set it to "+longToken)}
	case len(token) < shortestToken:
		return monitor.Diagnostics{environmentProblem(adminToken, fmt.Sprintf("is shorter than %d characters, and could be guessed: set it to %s", shortestToken, longToken))}
	}
	config.HTTPServer.AdminToken = monitor.NewSecret(token)
	return nil
}

// adminTokenWarnings finds a token that is allowed and yet too easy.
func adminTokenWarnings(config Config) monitor.Diagnostics {
	token := config.HTTPServer.AdminToken.Reveal()
	if token == "" || len(token) >= safeToken {
		return nil
	}
	return monitor.Diagnostics{{
		File:     "environment: " + adminToken,
		Message:  fmt.Sprintf("is shorter than %d characters: set it to %s", safeToken, longToken),
		Severity: monitor.SeverityWarning,
	}}
}
