package browser

import (
	"fmt"
	"sync"

	"github.com/chromedp/cdproto/network"
)

// traffic is what a page has transferred.
type traffic struct {
	mu      sync.Mutex
	bytes   int
	refused []string
}

func (l *traffic) hear(event any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch e := event.(type) {
	case *network.EventDataReceived:
		l.bytes += int(e.EncodedDataLength)
	case *network.EventResponseReceived:
		// The headers, and what came along with them.
		l.bytes += int(e.Response.EncodedDataLength)
		if e.Response.Status >= 400 {
			l.refused = append(l.refused, fmt.Sprintf("%d %s", e.Response.Status, e.Response.URL))
		}
	}
}

// Transferred is how many bytes the page has received so far, compressed as they were.
func (p *Page) Transferred() int {
	p.traffic.mu.Lock()
	defer p.traffic.mu.Unlock()
	return p.traffic.bytes
}

// Refusals are the answers so far whose status says that something was wrong.
func (p *Page) Refusals() []string {
	p.traffic.mu.Lock()
	defer p.traffic.mu.Unlock()
	return append([]string(nil), p.traffic.refused...)
}
