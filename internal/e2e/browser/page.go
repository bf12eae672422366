package browser

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// patience is how long anything may take on a busy machine before it counts as not
// happening.
const patience = 60 * time.Second

// Page is a tab with cookies and storage of its own. Its methods fail the test that
// opened it.
type Page struct {
	Scope
	t          testing.TB
	ctx        context.Context //nolint:containedctx // chromedp keeps what it drives in contexts
	address    string
	complaints complaints
	traffic    traffic
}

// watch has the page say what its policy refused: not all of that is on the console.
const watch = `addEventListener("securitypolicyviolation", (e) => console.error("refused by the policy:", e.violatedDirective, e.blockedURI, e.sample))`

// Open opens a page of a server, such as http://127.0.0.1:8000, for as long as the
// test lasts. What it complains of until then fails the test.
func (b *Browser) Open(t testing.TB, server string) *Page {
	t.Helper()
	p := &Page{t: t, address: server}
	p.page = p
	p.ctx, _ = chromedp.NewContext(b.ctx, chromedp.WithNewBrowserContext())
	t.Cleanup(func() { p.close() })
	p.try("open a tab", chromedp.Do(p.ctx))
	p.try("listen to the tab", chromedp.Listen(p.ctx, func(event any) {
		p.complaints.hear(event)
		p.traffic.hear(event)
		p.leave(event)
	}))
	p.Before(watch)
	p.try("set the time zone", call(p, emulation.SetTimezoneOverride, emulation.SetTimezoneOverrideParams{TimezoneID: "UTC"}))
	p.Size(1280, 900)
	p.Visit("")
	return p
}

// close tells what went wrong, and leaves nothing behind.
func (p *Page) close() {
	p.t.Helper()
	for _, complaint := range p.complaints.take() {
		p.t.Errorf("the page complained of %s", complaint)
	}
	if p.t.Failed() {
		p.t.Log(p.evidence())
	}
	ending, stop := context.WithTimeout(p.ctx, closing)
	defer stop()
	if err := chromedp.Cancel(ending); err != nil && !errors.Is(err, context.Canceled) {
		p.t.Errorf("close the tab: %v", err)
	}
}

// leave answers that the page may be left when it asks, as people do who mean it.
func (p *Page) leave(event any) {
	if asked, ok := event.(*page.EventJavascriptDialogOpening); ok && asked.Type == page.DialogTypeBeforeunload {
		// The tab listens no further until this function has returned.
		go func() {
			if err := call(p, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{Accept: true}); err != nil {
				p.complaints.add("being left: %v", err)
			}
		}()
	}
}

// evidence keeps what the page looks like, and says where.
func (p *Page) evidence() string {
	ctx, stop := context.WithTimeout(p.ctx, closing)
	defer stop()
	text, err := chromedp.Run(ctx, chromedp.Evaluate[string](`location.hash + "\n" + document.body.innerText`))
	if err != nil {
		return "the page can no longer be seen: " + err.Error()
	}
	picture, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	file := filepath.Join(os.TempDir(), "vedette-"+strings.NewReplacer("/", "-", " ", "-").Replace(p.t.Name())+".png")
	if err == nil {
		err = os.WriteFile(file, picture, 0o600)
	}
	if err != nil {
		return fmt.Sprintf("no picture of it: %v; the page says: %s", err, text)
	}
	return fmt.Sprintf("a picture of it is in %s; the page says: %s", file, text)
}

// Complaints takes what the page has complained of so far, so that it no longer fails
// the test.
func (p *Page) Complaints() []string { return p.complaints.take() }

// Visit goes to a place of the server, such as #/monitors.
func (p *Page) Visit(place string) {
	p.t.Helper()
	ctx, stop := p.patiently()
	defer stop()
	at, err := chromedp.Run(ctx, chromedp.Location())
	p.try("look where the page is", err)
	if strings.HasPrefix(place, "#") && strings.HasPrefix(at, p.address) {
		Eval[bool](p, fmt.Sprintf("location.hash = %q, true", place))
		return
	}
	p.try("go to "+place, chromedp.Do(ctx, chromedp.Navigate(p.address+"/"+place)))
}

// Reload loads the page anew.
func (p *Page) Reload() {
	p.t.Helper()
	ctx, stop := p.patiently()
	defer stop()
	p.try("load the page anew", chromedp.Do(ctx, chromedp.Reload()))
}

// Eval evaluates JavaScript in the page; it waits for a promise.
func Eval[T any](p *Page, expression string) T {
	p.t.Helper()
	ctx, stop := p.patiently()
	defer stop()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	p.try("evaluate "+shortened(expression), err)
	return value
}

func (p *Page) patiently() (context.Context, context.CancelFunc) {
	return context.WithTimeoutCause(p.ctx, patience, errors.New("it did not happen within "+patience.String()))
}

func (p *Page) try(what string, err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatalf("%s: %v", what, err)
	}
}

func shortened(text string) string {
	if len(text) > 200 {
		return text[:200] + " ..."
	}
	return text
}

// Before has a script run in every document from now on, before its own ones.
func (p *Page) Before(script string) {
	p.t.Helper()
	p.try("prepare a script", call(p, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: script}))
}

// Await evaluates JavaScript until it is true.
func (p *Page) Await(what, expression string) {
	p.t.Helper()
	ctx, stop := p.patiently()
	defer stop()
	for {
		// The page may be on its way to another one, which is an error as well.
		holds, err := chromedp.Run(ctx, chromedp.Evaluate[bool](expression))
		if err == nil && holds {
			return
		}
		select {
		case <-ctx.Done():
			p.t.Fatalf("%s: not within %s (%v)", what, patience, err)
		case <-time.After(poll):
		}
	}
}
