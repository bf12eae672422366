package browser

import (
	"fmt"
	"os"
	"strings"
)

// axeRun has axe look at what WCAG 2 asks for at the levels A and AA. It stands beside
// the page's own script, in which it has no part.
const axeRun = `axe.run(document, {runOnly: {type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}, resultTypes: ["violations"]})
	.then((r) => r.violations.flatMap((v) => v.nodes.map((n) =>
		v.id + ": " + n.target.join(" ") + " " + n.html.slice(0, 300) + "\n    " + n.failureSummary.replace(/\s+/g, " "))))`

// Audit gives what an automatic audit finds wrong with the page for people who do not
// see it, or not well, or who have no mouse. axe is the path of axe-core's axe.min.js.
func (p *Page) Audit(axe string) []string {
	p.t.Helper()
	if !Eval[bool](p, `typeof axe === "object"`) {
		script, err := os.ReadFile(axe)
		p.try("read axe-core", err)
		// Through the protocol: the page's policy lets no other script in.
		Eval[bool](p, string(script)+"\n;true")
	}
	return Eval[[]string](p, axeRun)
}

// Describe puts findings of several audits together.
func Describe(where string, findings []string) string {
	return fmt.Sprintf("%s:\n  %s", where, strings.Join(findings, "\n  "))
}
