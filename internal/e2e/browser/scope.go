package browser

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/chromedp/chromedp"
)

// poll is how often the page is looked at while something is waited for.
const poll = 50 * time.Millisecond

//go:embed find.js
var find string

// target is something on the page: what it is, and a part of what it is called. The
// roles stand in find.js.
type target struct {
	Role string `json:"role"`
	Name string `json:"name"`
}

// Scope is the page or a part of it, in which things are found. While a dialog lies
// over the page, only what is in it can be found.
type Scope struct {
	page *Page
	path []target
}

// In gives a part of it: a row, a dialog, a region with a name.
func (s Scope) In(role, name string) Scope {
	return Scope{page: s.page, path: append(s.path[:len(s.path):len(s.path)], target{role, name})}
}

// found is what find.js gives.
type found struct {
	X       float64 `json:"x"`
	Y       float64 `json:"y"`
	Covered string  `json:"covered"`
	Text    string  `json:"text"`
	Checked bool    `json:"checked"`
	Focused bool    `json:"focused"`
}

// look looks once. It gives nil where the scope is not on the page.
func (s Scope) look(wanted string) (*found, error) {
	path := s.path
	if path == nil {
		path = []target{}
	}
	arguments, err := json.Marshal(path)
	if err != nil {
		return nil, err
	}
	ctx, stop := s.page.patiently()
	defer stop()
	return chromedp.Run(ctx, chromedp.Evaluate[*found](fmt.Sprintf("(%s)(%s, %q)", find, arguments, wanted)))
}

// await looks until the condition holds for what is found, which says what is missing
// when it does not.
func (s Scope) await(wanted, what string, holds func(f *found) (ok bool, otherwise string)) *found {
	s.page.t.Helper()
	ctx, stop := s.page.patiently()
	defer stop()
	for {
		f, err := s.look(wanted)
		var ok bool
		var otherwise string
		if err != nil {
			// The page may be on its way to another one.
			otherwise = err.Error()
		} else if ok, otherwise = holds(f); ok {
			return f
		}
		select {
		case <-ctx.Done():
			s.page.t.Fatalf("%s: %s within %s", what, otherwise, patience)
		case <-time.After(poll):
		}
	}
}

func there(f *found) (bool, string) { return f != nil, "it is not there" }

// See waits until a text is to be seen.
func (s Scope) See(text string) {
	s.page.t.Helper()
	s.await("text", fmt.Sprintf("see %q in %s", text, s), func(f *found) (bool, string) {
		return f != nil && strings.Contains(tidy(f.Text), text), "it is not there"
	})
}

// SeeNo waits until a text is no longer to be seen.
func (s Scope) SeeNo(text string) {
	s.page.t.Helper()
	s.await("text", fmt.Sprintf("see no %q in %s", text, s), func(f *found) (bool, string) {
		return f == nil || !strings.Contains(tidy(f.Text), text), "it is still there"
	})
}

// Find waits until something is there.
func (s Scope) Find(role, name string) {
	s.page.t.Helper()
	in := s.In(role, name)
	in.await("text", "find "+in.String(), there)
}

// FindNo waits until something is not there.
func (s Scope) FindNo(role, name string) {
	s.page.t.Helper()
	in := s.In(role, name)
	in.await("text", "find no "+in.String(), func(f *found) (bool, string) { return f == nil, "it is still there" })
}

// Text is what is to be seen now.
func (s Scope) Text() string {
	s.page.t.Helper()
	return tidy(s.await("text", "read "+s.String(), there).Text)
}

// String says where it is.
func (s Scope) String() string {
	if len(s.path) == 0 {
		return "the page"
	}
	var steps []string
	for _, step := range s.path {
		steps = append(steps, fmt.Sprintf("%s %q", step.Role, step.Name))
	}
	return strings.Join(steps, " > ")
}

func tidy(text string) string { return strings.Join(strings.Fields(text), " ") }
