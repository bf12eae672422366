package egress

import (
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"strings"
)

// anyHost is the pattern of all hosts.
const anyHost = "*"

// Pattern says which hosts are meant: one by its name or address, those below a
// domain (*.example.com), or any (*); and optionally on which port.
type Pattern struct {
	// host is lower-case, and an address in its canonical form.
	host string
	// below means the hosts whose names end like host.
	below bool
	// port is empty for any port.
	port string
}

// ParsePattern reads api.example.com, *.example.com, 10.0.0.7, [::1] or *, each
// but the last also with a port: api.example.com:8443.
func ParsePattern(text string) (Pattern, error) {
	if text == anyHost {
		return Pattern{host: anyHost}, nil
	}
	host, port, err := splitPort(text)
	p := Pattern{host: canonical(host), port: port}
	if rest, ok := strings.CutPrefix(p.host, "*."); ok {
		p.host, p.below = rest, true
	}
	switch {
	case strings.Contains(text, "/") || err == nil && (!isHost(p.host) || p.below && isAddress(p.host)):
		return Pattern{}, fmt.Errorf("%q is no host: write it as api.example.com, *.example.com or api.example.com:8443, without https:// and path", text)
	case err != nil:
		return Pattern{}, fmt.Errorf("%q is no host: %w", text, err)
	}
	return p, nil
}

// splitPort takes the port off, if there is one. An address of version 6 needs
// brackets only before a port.
func splitPort(text string) (host, port string, err error) {
	if isAddress(text) {
		return text, "", nil
	}
	if inner, ok := strings.CutPrefix(text, "["); ok && strings.HasSuffix(inner, "]") {
		return strings.TrimSuffix(inner, "]"), "", nil
	}
	if !strings.Contains(text, ":") {
		return text, "", nil
	}
	host, port, err = net.SplitHostPort(text)
	if err != nil {
		return "", "", fmt.Errorf("it has too many colons")
	}
	return host, port, checkPort(port)
}

func checkPort(port string) error {
	if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 {
		return fmt.Errorf("%q is no port: a number from 1 to 65535", port)
	}
	return nil
}

// IsAny tells whether all hosts are meant.
func (p Pattern) IsAny() bool { return p.host == anyHost }

// matches tells whether a host, in canonical form, is meant on this port.
func (p Pattern) matches(host, port string) bool {
	switch {
	case p.port != "" && p.port != port:
		return false
	case p.IsAny():
		return true
	case p.below:
		return strings.HasSuffix(host, "."+p.host)
	}
	return host == p.host
}

// canonical is a host as it is compared: names in lower case without the dot at
// the end, addresses in their shortest form.
func canonical(host string) string {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if address, err := netip.ParseAddr(host); err == nil {
		return address.String()
	}
	return host
}

func isAddress(host string) bool {
	_, err := netip.ParseAddr(host)
	return err == nil
}

// isHost tells whether a canonical host can be one: an address, or a name of
// letters, digits, hyphens, underscores and dots. Names in other scripts have such
// a form too (xn--...), and only that is compared safely.
func isHost(host string) bool {
	if isAddress(host) {
		return !strings.Contains(host, "%") // a zone is of this machine only
	}
	for label := range strings.SplitSeq(host, ".") {
		if label == "" || strings.Trim(label, "abcdefghijklmnopqrstuvwxyz0123456789-_") != "" {
			return false
		}
	}
	return len(host) <= 253
}
