package httpapi

import (
	"net/netip"
	"sync"
	"time"
)

// Limits of wrong tokens. A token cannot be guessed; what is limited is the noise,
// and what looking for tokens costs.
const (
	mostAttempts    = 10
	attemptsWindow  = time.Minute
	mostAddresses   = 10_000
	networkBitsOfV6 = 64
)

// attempts counts wrong tokens by the address they come from. Those who have a
// right one are never counted, and never kept out by others at their address.
type attempts struct {
	mu     sync.Mutex
	begun  time.Time
	failed map[netip.Addr]int
}

// fail counts a wrong token, and tells how long its sender has to wait if it was
// one too many; 0: it was not. first is true for the first one that was.
func (a *attempts) fail(from netip.Addr, now time.Time) (wait time.Duration, first bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.failed == nil || now.Sub(a.begun) >= attemptsWindow {
		a.begun, a.failed = now, map[netip.Addr]int{}
	}
	if _, known := a.failed[from]; !known && len(a.failed) >= mostAddresses {
		// From so many addresses comes an attack: the rest of them share one count.
		from = netip.Addr{}
	}
	a.failed[from]++
	if a.failed[from] <= mostAttempts {
		return 0, false
	}
	return a.begun.Add(attemptsWindow).Sub(now), a.failed[from] == mostAttempts+1
}

// addressOf is where a request comes from, as far as it is counted: whoever has one
// address of IPv6 has a whole network of them. A proxy's header would be anybody's
// to write, so it says nothing here.
func addressOf(remote string) netip.Addr {
	parsed, err := netip.ParseAddrPort(remote)
	if err != nil {
		return netip.Addr{}
	}
	address := parsed.Addr().Unmap().WithZone("")
	if address.Is4() {
		return address
	}
	network, err := address.Prefix(networkBitsOfV6)
	if err != nil {
		return netip.Addr{}
	}
	return network.Addr()
}
