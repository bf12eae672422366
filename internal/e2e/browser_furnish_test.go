package e2e

import (
	"encoding/json"
	"fmt"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"
)

// payload is what somebody writes who wants others' browsers to do something. What it
// would do is visible: the page is no longer clean.
const payload = `"><img src=x onerror=dirty()><svg/onload=dirty()><script>dirty()</script>'` + "`${dirty()}`" +
	`{{dirty()}} [here](javascript:dirty()) <a href="javascript:dirty()">there</a> &lt;b&gt; ` + "\u202egnp.exe\u2066"

// readme is a monitor's documentation by the same author.
const readme = `# About ` + payload + `

[a](javascript:dirty()) [b](JaVaScRiPt:dirty()) [c](data:text/html,<script>dirty()</script>) <javascript:dirty()> [d]

[d]: javascript:dirty() "` + payload + `"

![e](javascript:dirty()) ![f](http://127.0.0.1:1/f.png) <iframe srcdoc="<script>dirty()</script>"></iframe>

<details open ontoggle=dirty()><summary>g</summary></details>

| ` + payload + ` | b |
|---|---|
| <img src=x onerror=dirty()> | ` + "`<script>dirty()</script>`" + ` |

` + "```html\n<script>dirty()</script>\n```\n"

// hostileName is the worst that somebody may be called: what JavaScript's objects have.
const hostileName = "constructor"

// quoted writes a text as code does.
func quoted(t *testing.T, text string) string {
	t.Helper()
	literal, err := json.Marshal(text)
	require.NoError(t, err)
	return string(literal)
}

// hostileIssues is a monitor whose issues are hostile in all their parts.
func hostileIssues(t *testing.T) string {
	t.Helper()
	return quoted(t, payload) + `
P = ` + quoted(t, payload) + `

monitor(
    model_id_key = "id", search_cron = "` + seldom + `", update_cron = "` + seldom + `", solvable = False, save_events = True,
    alert = count_rule(low = 0, high = 3), labels = {"team": P, "link": "javascript:dirty()"},
)

def search():
    log.warning(P, field = P)
    print(P)
    return [
        {"id": P, "text": P, P: P, "link": "javascript:dirty()", "page": "data:text/html," + P, "nested": {P: [P, {"deep": P}]}, "long": P * 100},
        {"id": "<b>bold</b>", "text": "=cmd|' /C calc'!A0", "url": "https://127.0.0.1:1/?" + P},
    ]

def update(issues):
    return [issue | {"text": P + " again", "number": 1e300} for issue in issues]
`
}

// failing is a monitor whose every run fails with a hostile text.
func failing(t *testing.T) string {
	t.Helper()
	return `
monitor(model_id_key = "id", search_cron = "` + seldom + `", solvable = False)

def search():
    fail(` + quoted(t, payload) + `)
`
}

// put stores a monitor as the editor does.
func (s *site) put(t *testing.T, name, message string, files map[string]string) {
	t.Helper()
	headers := map[string]string{}
	if a, err := s.ask(t.Context(), http.MethodGet, "/monitors/"+name, nil); err == nil && a.status == http.StatusOK {
		headers["If-Match"] = "*"
	}
	a, err := s.askWith(t.Context(), http.MethodPut, "/monitors/"+name, map[string]any{"files": files, "message": message}, headers)
	require.NoError(t, err)
	require.Contains(t, []int{http.StatusOK, http.StatusCreated}, a.status, a.body)
}

// furnished is a site that asks for tokens, where there is something on every page:
// most of it hostile.
func furnished(t *testing.T) *site {
	t.Helper()
	s := newSite(t, "sqlite")
	s.guard()
	s.write(t, "monitors/broken/monitor.star", "monitor(**{"+quoted(t, payload)+": 1})\n")
	s.run(t)

	s.token = s.invite(t, hostileName, "editor").Token
	s.put(t, "hostile", payload, map[string]string{"monitor.star": hostileIssues(t), "README.md": "# Draft"})
	s.put(t, "hostile", payload+" again", map[string]string{"monitor.star": hostileIssues(t), "README.md": readme, "notes.md": payload})
	s.put(t, "failing", "", map[string]string{"monitor.star": failing(t)})
	s.put(t, "quiet", "", map[string]string{"monitor.star": searching("\n    return []\n")})
	w := s.watch("hostile")
	w.ran(t)
	s.watch("failing").ran(t)
	w.refresh(t, "update")

	alert := list[alertView](t, s, "/alerts")[0]
	comment := map[string]string{"comment": payload}
	s.act(t, fmt.Sprintf("/alerts/%d/acknowledge", alert.ID), comment)
	s.act(t, fmt.Sprintf("/alerts/%d/lock", alert.ID), comment)
	s.act(t, fmt.Sprintf("/issues/%d/drop", w.issue(t, "<b>bold</b>").ID), comment)
	a := s.post(t, "/silences", map[string]any{"monitor": "hostile", "for": "2h", "comment": payload})
	require.Equal(t, http.StatusCreated, a.status, a.body)
	s.token = adminToken
	return s
}
