package browser

import (
	"fmt"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Click waits until something can be clicked, and clicks it with the mouse.
func (s Scope) Click(role, name string) {
	s.page.t.Helper()
	in := s.In(role, name)
	var last found
	f := in.await("place", "click "+in.String(), func(f *found) (bool, string) {
		if f == nil {
			return false, "it is not there"
		}
		still := *f == last
		last = *f
		if f.Covered != "" {
			return false, f.Covered
		}
		return still, "it does not stand still"
	})
	ctx, stop := s.page.patiently()
	defer stop()
	s.page.try("click "+in.String(), chromedp.Do(ctx, chromedp.MouseClickXY(f.X, f.Y)))
}

// Fill replaces what stands in a field.
func (s Scope) Fill(name, text string) {
	s.page.t.Helper()
	s.Click("field", name)
	s.page.Press("a", chromedp.ModifierCtrl)
	// Typed over, an editor's lines would be joined by the browser itself, which writes
	// style attributes for that: the page's policy refuses them, and says so.
	s.page.Press(kb.Backspace)
	s.page.Insert(text)
}

// Value is what stands in a field now.
func (s Scope) Value(name string) string {
	s.page.t.Helper()
	in := s.In("field", name)
	return in.await("value", "read "+in.String(), there).Text
}

// Focused tells whether what is typed goes there.
func (s Scope) Focused(role, name string) bool {
	s.page.t.Helper()
	in := s.In(role, name)
	return in.await("focused", "look for the focus in "+in.String(), there).Focused
}

// Insert puts a text where the cursor is, all at once.
func (p *Page) Insert(text string) {
	p.t.Helper()
	p.try("insert a text", call(p, input.InsertText, input.InsertTextParams{Text: text}))
}

// Press presses keys one after the other.
func (p *Page) Press(keys string, modifiers ...chromedp.Modifier) {
	p.t.Helper()
	ctx, stop := p.patiently()
	defer stop()
	p.try(fmt.Sprintf("press %q", keys), chromedp.Do(ctx, chromedp.KeyEvent(keys, chromedp.KeyModifiers(modifiers...))))
}

// tabs is how many stops a page may have at most before something.
const tabs = 200

// TabTo presses Tab until something has the focus.
func (p *Page) TabTo(role, name string) {
	p.t.Helper()
	p.Find(role, name)
	for range tabs {
		if p.Focused(role, name) {
			return
		}
		p.Press(kb.Tab)
	}
	p.t.Fatalf("%s %q cannot be reached by Tab", role, name)
}
