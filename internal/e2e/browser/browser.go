package browser

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/chromedp/chromedp"
)

// Browser is a Chromium without a window. Each page in it has cookies and storage of
// its own.
type Browser struct {
	ctx   context.Context //nolint:containedctx // chromedp keeps what it drives in contexts
	leave context.CancelFunc
	dir   string
}

// closing is how long the browser may take to end.
const closing = 30 * time.Second

// flags are what a browser needs that nobody sits in front of. It talks to nobody but
// the pages it is sent to.
var flags = []string{
	"headless", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-background-networking",
	"disable-component-update", "disable-sync", "disable-dev-shm-usage", "hide-scrollbars",
	// Pages that lie behind others go on as if they were looked at.
	"disable-background-timer-throttling", "disable-backgrounding-occluded-windows", "disable-renderer-backgrounding",
}

// Start starts the browser at a path, with a profile of its own. It lives until it is
// closed; ctx is only what it begins from.
func Start(ctx context.Context, path string) (*Browser, error) {
	dir, err := os.MkdirTemp("", "vedette-browser-")
	if err != nil {
		return nil, err
	}
	options := []chromedp.ExecAllocatorOption{chromedp.ExecPath(path), chromedp.UserDataDir(dir), chromedp.Flag("lang", "en-GB")}
	for _, flag := range flags {
		options = append(options, chromedp.Flag(flag, true))
	}
	b := &Browser{dir: dir}
	allocated, leave := chromedp.NewExecAllocator(ctx, options...)
	b.leave = leave
	// The first tab is the browser's own, and stays empty.
	b.ctx, _ = chromedp.NewContext(allocated)
	if err := chromedp.Do(b.ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("start a browser: %w", err), b.Close())
	}
	return b, nil
}

// Close ends the browser and removes its profile.
func (b *Browser) Close() error {
	ending, stop := context.WithTimeout(b.ctx, closing)
	defer stop()
	err := chromedp.Cancel(ending)
	if errors.Is(err, context.Canceled) {
		err = nil
	}
	b.leave()
	return errors.Join(err, os.RemoveAll(b.dir))
}
