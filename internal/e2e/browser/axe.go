package browser

import (
	"fmt"
	"os"
	"strings"
)

// axeRun has axe look at what WCAG 2 asks for at the levels A and AA. It stands beside
// the page's own script, in which it has no part.
const axeRun = `axe.run(document.querySelector(%q), {runOnly: %s, resultTypes: ["violations"]})
	.then((r) => r.violations.flatMap((v) => v.nodes.map((n) =>
		v.id + ": " + n.target.join(" ") + " " + n.html.slice(0, 300) + "\n    " + n.failureSummary.replace(/\s+/g, " "))))`

// Audited is what an audit looks at.
type Audited string

const (
	// Everything is all that there are rules for.
	Everything Audited = `{type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}`
	// Colours are what may be wrong in dark colours where nothing is in light ones.
	Colours Audited = `{type: "rule", values: ["color-contrast", "link-in-text-block"]}` //nolint:misspell // the name of the rule
)

// Audit gives what an automatic audit finds wrong with a part of the page, by its CSS
// selector, for people who do not see it, or not well, or who have no mouse. axe is the
// path of axe-core's axe.min.js.
func (p *Page) Audit(axe, part string, what Audited) []string {
	p.t.Helper()
	if !Eval[bool](p, `typeof axe === "object"`) {
		script, err := os.ReadFile(axe)
		p.try("read axe-core", err)
		// Through the protocol: the page's policy lets no other script in.
		Eval[bool](p, string(script)+"\n;true")
	}
	return Eval[[]string](p, fmt.Sprintf(axeRun, part, what))
}

// Describe puts findings of several audits together.
func Describe(where string, findings []string) string {
	return fmt.Sprintf("%s:\n  %s", where, strings.Join(findings, "\n  "))
}
