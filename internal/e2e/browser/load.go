package browser

import (
	"sync"

	"github.com/chromedp/cdproto/network"
)

// load is what a page has transferred.
type load struct {
	mu    sync.Mutex
	bytes float64
}

func (l *load) hear(event any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch e := event.(type) {
	case *network.EventDataReceived:
		l.bytes += float64(e.EncodedDataLength)
	case *network.EventResponseReceived:
		// The headers, and what came along with them.
		l.bytes += e.Response.EncodedDataLength
	}
}

// Transferred is how many bytes the page has received so far, compressed as they were.
func (p *Page) Transferred() int {
	p.load.mu.Lock()
	defer p.load.mu.Unlock()
	return int(p.load.bytes)
}
