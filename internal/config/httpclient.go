package config

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/goccy/go-yaml/ast"

	"github.com/vedettehq/vedette/internal/egress"
	"github.com/vedettehq/vedette/internal/monitor"
)

// HTTPClient is what monitors may call by HTTP.
type HTTPClient struct {
	Allow           []string            `yaml:"allow" check:"host_pattern" doc:"Hosts that monitors may call: api.example.com, *.example.com (not example.com itself), either with a port or for all of them; \"*\" for any. Empty: none."`
	AllowPrivate    bool                `yaml:"allow_private" doc:"Let calls go to addresses that are not public: this machine, private networks. Addresses where clouds hand out a machine's credentials have to be in allow as they are."`
	Timeout         time.Duration       `yaml:"timeout" min:"1ms" max:"1d" doc:"Longest time of a call that does not say."`
	MaxResponseSize Size                `yaml:"max_response_size" min:"1KiB" max:"1GiB" doc:"Most that a response may have. More is an error."`
	MaxConnections  int                 `yaml:"max_connections" min:"1" max:"1000" doc:"Most connections to one host, of each process."`
	Auth            map[string]HTTPAuth `yaml:"auth" doc:"Credentials that monitors call by name and never see: {billing: {type: bearer, token: \"${BILLING_TOKEN}\", hosts: [billing.example.com]}}."`
}

// HTTPAuth is one credential.
type HTTPAuth struct {
	Type     string         `yaml:"type" choices:"bearer,basic,header,query" doc:"How it is shown: bearer needs token; basic needs username and password; header and query need name and value."`
	Token    monitor.Secret `yaml:"token" doc:"Token of bearer."`
	Username string         `yaml:"username" doc:"User name of basic."`
	Password monitor.Secret `yaml:"password" doc:"Password of basic."`
	Name     string         `yaml:"name" doc:"Name of the header, or of the parameter of the URL."`
	Value    monitor.Secret `yaml:"value" doc:"Value of the header, or of the parameter."`
	Hosts    []string       `yaml:"hosts" check:"auth_host" doc:"Hosts that it may be shown to, written as in allow. It must be there if allow has \"*\"; without it, all hosts of allow."`
}

// defaultAuth is a credential as far as http_client.auth does not say.
func defaultAuth() HTTPAuth { return HTTPAuth{Type: egress.Bearer} }

// Credential is the credential as the client takes it.
func (a HTTPAuth) Credential() egress.Credential {
	return egress.Credential{
		Kind: a.Type, Token: a.Token, Username: a.Username, Password: a.Password, Name: a.Name, Value: a.Value, Hosts: a.Hosts,
	}
}

// checkAuth tells what is wrong with a credential as a whole.
func (d *decoder) checkAuth(where ast.Node, path string, auth HTTPAuth) {
	// Where variables are not set, what is missing is not missing there.
	if err := auth.Credential().Check(); err != nil && !d.elsewhere {
		d.problem(where, "%s: %s", path, err)
	}
}

// checkHTTPClient tells of credentials that any monitor could show to anybody: a
// monitor's author chooses where a call goes.
func (d *decoder) checkHTTPClient(where ast.Node, c HTTPClient) {
	if !slices.Contains(c.Allow, "*") {
		return
	}
	for _, name := range slices.Sorted(maps.Keys(c.Auth)) {
		if len(c.Auth[name].Hosts) == 0 {
			d.problem(where, "http_client.auth.%s: hosts is missing: as \"*\" is in http_client.allow, any monitor could send the credential anywhere", name)
		}
	}
}

// httpClientWarnings tells of credentials that more hosts may be shown than most
// likely should.
func httpClientWarnings(config Config) monitor.Diagnostics {
	var found monitor.Diagnostics
	if len(config.HTTPClient.Allow) < 2 {
		return nil
	}
	for _, name := range slices.Sorted(maps.Keys(config.HTTPClient.Auth)) {
		if len(config.HTTPClient.Auth[name].Hosts) == 0 {
			found = append(found, monitor.Diagnostic{
				File:     config.File,
				Message:  fmt.Sprintf("http_client.auth.%s: monitors may send it to all hosts of http_client.allow: say in hosts which it is for", name),
				Severity: monitor.SeverityWarning,
			})
		}
	}
	return found
}
