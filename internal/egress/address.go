package egress

import (
	"fmt"
	"net/netip"
	"slices"
	"syscall"
)

var (
	// globalUnicast is all that is assigned to hosts of the Internet in version 6.
	globalUnicast = netip.MustParsePrefix("2000::/3")
	// translated holds public addresses of version 4 for networks without them.
	translated = netip.MustParsePrefix("64:ff9b::/96")
	// tunnelled (6to4) holds an address of version 4 behind its first two bytes.
	tunnelled = netip.MustParsePrefix("2002::/16")

	// special are the registered ranges, within what else is public, that no server
	// of the Internet has.
	special = prefixes(
		"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
		"192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
		"198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
		"2001::/23", "2001:db8::/32", "3fff::/20",
	)

	// metadata are where clouds hand a machine's own credentials to whoever asks
	// from it.
	metadata = []netip.Addr{
		netip.MustParseAddr("169.254.169.254"), // most of them
		netip.MustParseAddr("169.254.170.2"),   // containers on AWS
		netip.MustParseAddr("169.254.170.23"),  // pods on AWS
		netip.MustParseAddr("fd00:ec2::254"),   // AWS
		netip.MustParseAddr("fd20:ce::254"),    // Google
		netip.MustParseAddr("100.100.100.200"), // Alibaba
	}
)

func prefixes(texts ...string) []netip.Prefix {
	list := make([]netip.Prefix, len(texts))
	for i, text := range texts {
		list[i] = netip.MustParsePrefix(text)
	}
	return list
}

// isPublic tells whether an address belongs to a host of the Internet. An address
// that carries one of version 4 is as public as that.
func isPublic(address netip.Addr) bool {
	address = plain(address)
	if address.Is6() && !globalUnicast.Contains(address) {
		return false
	}
	return !slices.ContainsFunc(special, func(p netip.Prefix) bool { return p.Contains(address) })
}

// plain is the address of version 4 that another carries, or else the address.
func plain(address netip.Addr) netip.Addr {
	address = address.Unmap().WithZone("")
	if address.Is4() {
		return address
	}
	switch bytes := address.As16(); {
	case translated.Contains(address):
		return netip.AddrFrom4([4]byte(bytes[12:]))
	case tunnelled.Contains(address):
		return netip.AddrFrom4([4]byte(bytes[2:6]))
	}
	return address
}

// control is asked by the dialer before each connection, with the address that a
// name has been resolved to.
func (p *policy) control(_, address string, _ syscall.RawConn) error {
	target, err := netip.ParseAddrPort(address)
	if err != nil {
		return refusef("%q is no address", address)
	}
	return p.checkAddress(target.Addr())
}

// checkAddress refuses what is not public, unless that is allowed. What hands out
// credentials of the machine is not even then, unless it is named by its address:
// nobody who allows internal services means it.
func (p *policy) checkAddress(address netip.Addr) error {
	switch {
	case slices.Contains(metadata, plain(address)) && !p.names(plain(address)):
		return refusef("%s hands out credentials of this machine: it must be named by its address in http_client.allow, with allow_private on", address)
	case p.allowPrivate || isPublic(address):
		return nil
	}
	return refusef("%s is not a public address (http_client.allow_private is off)", address)
}

// names tells whether the address itself is allowed, not only a name of it.
func (p *policy) names(address netip.Addr) bool {
	return p.allowPrivate && slices.ContainsFunc(p.allow, func(pattern Pattern) bool { return pattern.host == address.String() })
}

// refusal is why a call is not made: a matter of the configuration or of the code,
// not of the network.
type refusal struct{ message string }

func refusef(format string, args ...any) error {
	return &refusal{fmt.Errorf(format, args...).Error()}
}

func (r *refusal) Error() string { return "refused: " + r.message }
