package e2e

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/e2e/browser"
	"github.com/vedettehq/vedette/internal/testenv"
)

// chromium is the browser of all tests.
var chromium struct {
	once    sync.Once
	browser *browser.Browser
	err     error
}

// surf opens the dashboard of the site.
func (s *site) surf(t *testing.T) *browser.Page {
	t.Helper()
	if testing.Short() {
		t.Skip("a browser takes its time")
	}
	path := testenv.Chromium(t)
	chromium.once.Do(func() { chromium.browser, chromium.err = browser.Start(context.Background(), path) })
	require.NoError(t, chromium.err)
	return chromium.browser.Open(t, "http://"+s.address)
}

func closeChromium() error {
	if chromium.browser == nil {
		return nil
	}
	return chromium.browser.Close()
}

// adminToken is known to sites that ask for tokens.
const adminToken = "the-administrator-of-all-browser-tests"

// guard has the site ask everybody for a token, and the test be its administrator.
func (s *site) guard() {
	s.env = append(s.env, "VEDETTE_ADMIN_TOKEN="+adminToken)
	s.token = adminToken
}

// tokenView is a token that was just made.
type tokenView struct {
	ID    int64  `json:"id"`
	Token string `json:"token"`
}

// invite makes a token for somebody.
func (s *site) invite(t *testing.T, name, role string) (made tokenView) {
	t.Helper()
	a := s.post(t, "/tokens", map[string]string{"name": name, "role": role})
	require.Equal(t, http.StatusCreated, a.status, a.body)
	require.NoError(t, json.Unmarshal([]byte(a.body), &made))
	return made
}

// signIn signs somebody in who stands before the form.
func signIn(page *browser.Page, token string) {
	page.Fill("Token", token)
	page.Click("button", "Sign in")
}

// visitor opens the dashboard as somebody with a role, whose name is that of the role.
func (s *site) visitor(t *testing.T, role string) *browser.Page {
	t.Helper()
	page := s.surf(t)
	signIn(page, s.invite(t, role, role).Token)
	page.Find("button", "Sign out")
	return page
}

// issueID is the id by which the dashboard finds an issue.
func (w *witness) issueID(t *testing.T, modelID string) string {
	t.Helper()
	return number64(w.issue(t, modelID).ID)
}

func number64(id int64) string { return strconv.FormatInt(id, 10) }
