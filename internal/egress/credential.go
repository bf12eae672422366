package egress

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/vedettehq/vedette/internal/monitor"
)

// Kinds of credentials.
const (
	Bearer = "bearer"
	Basic  = "basic"
	Header = "header"
	Query  = "query"
)

// Credential is what proves to a server who calls. Code names it and never sees it.
type Credential struct {
	// Kind says which of the others are set.
	Kind string
	// Token is for bearer.
	Token monitor.Secret
	// Username and Password are for basic.
	Username string
	Password monitor.Secret
	// Name and Value are for header and query: of the header, or of the parameter.
	Name  string
	Value monitor.Secret
	// Hosts are patterns of whom it may be shown to; empty: all hosts that may be
	// called.
	Hosts []string
}

// Check says what is missing, or too much.
func (c Credential) Check() error {
	fields := []struct {
		name string
		set  bool
		of   []string
	}{
		{"token", c.Token.IsSet(), []string{Bearer}},
		{"username", c.Username != "", []string{Basic}},
		{"password", c.Password.IsSet(), []string{Basic}},
		{"name", c.Name != "", []string{Header, Query}},
		{"value", c.Value.IsSet(), []string{Header, Query}},
	}
	var problems []string
	for _, field := range fields {
		switch wanted := slices.Contains(field.of, c.Kind); {
		case wanted && !field.set:
			problems = append(problems, "type "+c.Kind+" needs "+field.name)
		case !wanted && field.set:
			problems = append(problems, field.name+" is not for type "+c.Kind)
		}
	}
	if len(problems) > 0 {
		return errors.New(strings.Join(problems, "; "))
	}
	if c.Kind == Header {
		return checkHeader(c.Name, c.Value.Reveal())
	}
	return nil
}

// credential is one that is ready to be shown.
type credential struct {
	Credential
	hosts []Pattern
	// redactor knows all that the credential becomes in a request.
	redactor monitor.Redactor
}

func newCredential(c Credential) (*credential, error) {
	if err := c.Check(); err != nil {
		return nil, err
	}
	ready := &credential{Credential: c}
	for _, host := range c.Hosts {
		pattern, err := ParsePattern(host)
		if err != nil {
			return nil, fmt.Errorf("hosts: %w", err)
		}
		ready.hosts = append(ready.hosts, pattern)
	}
	ready.redactor = monitor.NewRedactor(c.Token, c.Password, c.Value, monitor.NewSecret(ready.basic()))
	return ready, nil
}

func (c *credential) basic() string {
	if c.Kind != Basic {
		return ""
	}
	return base64.StdEncoding.EncodeToString([]byte(c.Username + ":" + c.Password.Reveal()))
}

// show puts the credential into a request, if the server may see it.
func (c *credential) show(name string, request *http.Request, private bool) error {
	u := request.URL
	if len(c.hosts) > 0 && !anyMatches(c.hosts, canonical(u.Hostname()), portOf(u)) {
		return refusef("auth %q is not for %s, only for %s (http_client.auth.%s.hosts)", name, u.Host, strings.Join(c.Hosts, ", "), name)
	}
	// Anybody on the way could read it. Only inside of one's own network is that
	// one's own affair.
	if u.Scheme != "https" && !private {
		return refusef("auth %q is sent over https only", name)
	}
	switch c.Kind {
	case Query:
		query := u.Query()
		query.Set(c.Name, c.Value.Reveal())
		u.RawQuery = query.Encode()
		return nil
	case Header:
		return c.setHeader(request, c.Name, c.Value.Reveal())
	case Basic:
		return c.setHeader(request, "Authorization", "Basic "+c.basic())
	default:
		return c.setHeader(request, "Authorization", "Bearer "+c.Token.Reveal())
	}
}

func (c *credential) setHeader(request *http.Request, name, value string) error {
	if request.Header.Get(name) != "" {
		return refusef("the header %s is given twice: by headers and by auth", name)
	}
	request.Header.Set(name, value)
	return nil
}
