package egress

import (
	"net/netip"
	"net/url"
	"slices"
	"strings"
)

// policy says where calls may go.
type policy struct {
	allow        []Pattern
	allowPrivate bool
	// shown is the list of what is allowed, for messages.
	shown string
}

func newPolicy(allow []string, allowPrivate bool) (*policy, error) {
	p := &policy{allowPrivate: allowPrivate, shown: strings.Join(allow, ", ")}
	for _, text := range allow {
		pattern, err := ParsePattern(text)
		if err != nil {
			return nil, err
		}
		p.allow = append(p.allow, pattern)
	}
	return p, nil
}

// checkURL refuses what must not be called, as far as the URL tells.
func (p *policy) checkURL(u *url.URL) error {
	host, port := canonical(u.Hostname()), portOf(u)
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return refusef("a URL must begin with https:// or http://")
	case u.User != nil:
		return refusef("a URL must not hold a name or password: use auth")
	case !isHost(host):
		return refusef("%q is no host; a name with other letters is written in its form that begins with xn--", u.Hostname())
	case checkPort(port) != nil:
		return refusef("%q is no port", port)
	case len(p.allow) == 0:
		return refusef("no host may be called (http_client.allow is empty)")
	case !anyMatches(p.allow, host, port):
		return refusef("%s is not among the hosts that may be called (http_client.allow: %s)", u.Host, p.shown)
	}
	if address, err := netip.ParseAddr(host); err == nil {
		return p.checkAddress(address)
	}
	return nil
}

func anyMatches(patterns []Pattern, host, port string) bool {
	return slices.ContainsFunc(patterns, func(p Pattern) bool { return p.matches(host, port) })
}

// portOf is the URL's port, or that of its scheme.
func portOf(u *url.URL) string {
	switch {
	case u.Port() != "":
		return u.Port()
	case u.Scheme == "http":
		return "80"
	}
	return "443"
}

// sameOrigin tells whether two URLs lead to the same server in the same way: only
// then is what was meant for one shown to the other.
func sameOrigin(a, b *url.URL) bool {
	return a.Scheme == b.Scheme && canonical(a.Hostname()) == canonical(b.Hostname()) && portOf(a) == portOf(b)
}
