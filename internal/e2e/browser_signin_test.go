package e2e

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestBrowser_AsksForATokenAndLetsPeopleOutAgain(t *testing.T) {
	t.Parallel()
	s := newSite(t, "sqlite")
	s.guard()
	p := s.run(t)
	viewer := s.invite(t, "vera", "viewer")
	page := s.surf(t)

	page.Find("heading", "Sign in to vedette")
	require.True(t, page.Focused("field", "Token"), "one can type at once")
	signIn(page, "vdt_wrong")
	page.See("Nobody gets in with this token")
	page.FindNo("link", "Overview")

	signIn(page, viewer.Token)
	page.See("vera (viewer)")
	page.Find("link", "Overview")
	page.FindNo("link", "New monitor")
	page.Reload()
	page.See("vera (viewer)")

	page.Click("button", "Sign out")
	page.Find("heading", "Sign in to vedette")
	page.Reload()
	page.Find("heading", "Sign in to vedette")
	stop(t, p)
}

func TestBrowser_NeedsNoTokenOnTheMachineItself(t *testing.T) {
	t.Parallel()
	s := newSite(t, "sqlite")
	p := s.run(t)
	page := s.surf(t)
	page.Find("link", "New monitor")
	page.See("live")
	page.FindNo("button", "Sign out")
	stop(t, p)
}
