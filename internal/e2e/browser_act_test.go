package e2e

import (
	"testing"

	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/require"
)

// byHand is a monitor whose issues people solve.
const byHand = `
monitor(
    model_id_key = "id", search_cron = "` + seldom + `", update_cron = "` + seldom + `", solvable = False,
    alert = count_rule(low = 0, moderate = 1, high = 3),
)

def search():
    return query("business", "select id, state, amount from problems order by id")

def update(issues):
    return query("business", "select id, state, amount from problems where id in (?) order by id", [issue["id"] for issue in issues])
`

// watched is a site with a monitor that people act on, who need tokens for that.
func watched(t *testing.T) (*site, *business, *witness) {
	t.Helper()
	s := newSite(t, "sqlite")
	s.guard()
	b := newBusiness(t, s)
	s.monitor(t, "orders", byHand)
	return s, b, s.watch("orders")
}

func TestBrowser_ShowsWhatIsWrongAndWhatPeopleDoAboutIt(t *testing.T) {
	t.Parallel()
	s, b, w := watched(t)
	p := s.run(t)
	w.ran(t)
	page := s.visitor(t, "responder")
	page.Find("heading", "Nothing is wrong, as far as the monitors know")

	b.open(t, "order", 1, 10)
	b.open(t, "order", 2, 20)
	w.refresh(t, "search")
	page.Find("heading", "1 alert waits for somebody")
	row := page.In("row", "Alert 1")
	row.See("moderate")
	row.Click("button", "Acknowledge")
	row.See("acknowledged")
	page.Find("heading", "Nothing waits for anybody")
	alert := get[alertView](t, s, "/alerts/1")
	require.True(t, alert.IsPriorityAcknowledged)

	// It becomes worse, and waits again, without anybody loading the page anew.
	b.open(t, "order", 3, 30)
	b.open(t, "order", 4, 40)
	w.refresh(t, "search")
	page.Find("heading", "1 alert waits for somebody")
	row.See("high")

	page.Click("link", "Alert 1")
	page.Find("heading", "Alert 1")
	page.Click("button", "Solve")
	dialog := page.In("dialog", "Solve")
	dialog.Fill("Comment", "refunded by hand <b>today</b>")
	dialog.Click("button", "Solve")
	page.FindNo("dialog", "Solve")
	page.See("refunded by hand <b>today</b>")
	page.See("alert solved")
	page.FindNo("button", "Solve")
	require.Equal(t, "solved", get[alertView](t, s, "/alerts/1").Status)

	page.Visit("#/issues/" + w.issueID(t, "1"))
	page.See("issue solved")
	page.See("responder")
	page.See("refunded by hand <b>today</b>")
	page.Visit("#/")
	page.Find("heading", "Nothing is wrong, as far as the monitors know")
	stop(t, p)
}

func TestBrowser_CanBeUsedWithoutAMouse(t *testing.T) {
	t.Parallel()
	s, b, w := watched(t)
	b.open(t, "order", 1, 10)
	p := s.run(t)
	w.ran(t)
	token := s.invite(t, "kay", "responder").Token

	page := s.surf(t)
	page.Find("field", "Token")
	page.Insert(token)
	page.Press(kb.Enter)
	page.Find("heading", "1 alert waits for somebody")
	page.TabTo("button", "Acknowledge")
	page.Press(kb.Enter)
	page.Find("heading", "Nothing waits for anybody")
	page.TabTo("link", "Alert 1")
	page.Press(kb.Enter)
	page.TabTo("button", "Solve")
	page.Press(" ")
	page.Find("dialog", "Solve")
	page.Press(kb.Escape)
	page.FindNo("dialog", "Solve")
	eventually(t, func() (bool, string) { return page.Focused("button", "Solve"), "the focus is not where it was before" })
	require.Equal(t, "active", get[alertView](t, s, "/alerts/1").Status)

	page.TabTo("button", "amount")
	page.Press(kb.Enter)
	page.Find("button", "amount ↑")
	page.TabTo("choice", "Select 1")
	page.Press(" ")
	page.See("1 selected")
	page.TabTo("button", "Drop 1 issue …")
	page.Press(kb.Enter)
	page.Find("dialog", "Drop 1 issue of alert 1")
	page.TabTo("field", comment)
	page.Insert("paid twice")
	page.TabTo("button", "Drop")
	page.Press(kb.Enter)
	page.See("1 issue dropped.")
	require.Equal(t, "dropped", get[issueView](t, s, "/issues/1").Status)
	stop(t, p)
}

func TestBrowser_SaysThatTheServerIsAwayAndCatchesUp(t *testing.T) {
	t.Parallel()
	s, b, w := watched(t)
	p := s.run(t)
	w.ran(t)
	page := s.visitor(t, "responder")
	page.Find("heading", "Nothing is wrong, as far as the monitors know")
	page.See("live")

	require.NoError(t, p.Kill())
	page.See("connection lost")
	page.In("alert", "The connection to the server was lost").See("What you see may be old")
	page.Find("heading", "Nothing is wrong, as far as the monitors know")

	b.open(t, "order", 1, 10)
	p = s.run(t)
	page.FindNo("alert", "The connection to the server was lost")
	page.See("live")
	w.refresh(t, "search")
	page.Find("heading", "1 alert waits for somebody")
	stop(t, p)
}
