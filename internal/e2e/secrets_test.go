package e2e

import (
	"bufio"
	"database/sql"
	"encoding/base64"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/e2e/process"
)

// mark is part of each secret of the configuration.
const mark = "HUSHHUSH"

// gossip is a service that says to everybody what it was told: the address, the
// headers and what was sent.
type gossip struct {
	URL string
	// status is what it answers.
	status atomic.Int64
}

// hangsUp is the status of no answer at all.
const hangsUp = 0

func newGossip(t *testing.T) *gossip {
	t.Helper()
	g := &gossip{}
	g.status.Store(http.StatusInternalServerError)
	server := httptest.NewServer(g)
	t.Cleanup(server.Close)
	g.URL = server.URL
	return g
}

func (g *gossip) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	sent, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	if g.status.Load() == hangsUp {
		panic(http.ErrAbortHandler)
	}
	user, password, _ := r.BasicAuth()
	w.WriteHeader(int(g.status.Load()))
	// Nobody reads it whom it has not reached.
	_, _ = fmt.Fprintf(w, "you said %s and %s %s %s and %v %s", r.URL, user, password, r.Header.Get("Authorization"), r.Header, sent)
}

// gossipingMail is a mail server that lets nobody in, and says what with it was
// tried.
func gossipingMail(t *testing.T) string {
	t.Helper()
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	require.NoError(t, err)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			talkOfMail(conn)
		}
	}()
	t.Cleanup(func() {
		require.NoError(t, listener.Close())
		<-ended
	})
	return listener.Addr().String()
}

// talkOfMail is one conversation.
func talkOfMail(conn net.Conn) {
	// Whoever hangs up first is not told by the other.
	defer func() { _ = conn.Close() }()
	say := func(text string) { _, _ = io.WriteString(conn, text+"\r\n") }
	say("220 here")
	lines := bufio.NewScanner(conn)
	for lines.Scan() {
		switch verb, rest, _ := strings.Cut(lines.Text(), " "); strings.ToUpper(verb) {
		case "EHLO":
			say("250-here\r\n250 AUTH PLAIN")
		case "AUTH":
			_, encoded, _ := strings.Cut(rest, " ")
			plain, err := base64.StdEncoding.DecodeString(encoded)
			if err != nil {
				plain = []byte("nothing")
			}
			say("535 no entry with " + strings.ReplaceAll(string(plain), "\x00", " ") + " or " + encoded)
		default:
			say("221 bye")
			return
		}
	}
}

// secretReceivers are a receiver of each kind, whose secrets have the mark in them.
// %[1]s is the service, %[2]s its host and %[3]s the mail server.
const secretReceivers = `
  web: {webhook: {url: "%[1]s/hooks/HUSHHUSH1?token=HUSHHUSH2", secrets: [whsec_SFVTSEhVU0hIVVNISFVTSA==], headers: {Authorization: "Bearer HUSHHUSH3"}}}
  am: {alertmanager: {urls: ["%[1]s/am"], username: someone, password: HUSHHUSH4}}
  am2: {alertmanager: {urls: ["%[1]s/am2"], token: HUSHHUSH5}}
  pd: {pagerduty: {routing_key: HUSHHUSH6aaaaaaaaaaaaaaaaaaaaaaa, url: "%[1]s/pd"}}
  mail: {email: {server: "%[3]s", tls: none, username: someone, password: HUSHHUSH7, from: a@example.com, to: [b@example.com]}}
  out1: {shoutrrr: {url: "ntfy://someone:HUSHHUSH8@%[2]s/topic?scheme=http"}}
  out2: {shoutrrr: {url: "gotify://%[2]s/AHUSHHUSH.tY7z9?disabletls=yes"}}
  chat: {slack: {channel: C0001, api_url: "%[1]s/slack/"}}`

var secretReceiverNames = []string{"web", "am", "am2", "pd", "mail", "out1", "out2", "chat"}

// hush are the secrets in the forms in which they may show: as they are, in base64,
// and the key that signs.
var hush = []string{
	mark, base64.StdEncoding.EncodeToString([]byte("someone:" + mark + "4"))[:16], base64.StdEncoding.EncodeToString([]byte("\x00someone\x00" + mark + "7"))[:20],
	"SFVTSEhVU0", "AHUSH",
}

func TestSecrets_OfReceiversShowNowhere(t *testing.T) {
	t.Parallel()
	g := newGossip(t)
	s := newSite(t, "sqlite")
	s.settings["logging"] = "{mode: json, level: debug}"
	s.settings["receivers"] = fmt.Sprintf(secretReceivers, g.URL, strings.TrimPrefix(g.URL, "http://"), gossipingMail(t))
	s.env = append(s.env, "SLACK_TOKEN=xoxb-"+mark+"9", "SLACK_APP_TOKEN=xapp-"+mark+"0")
	s.configure(t)
	declared := "receiver(\"" + strings.Join(secretReceiverNames, "\"), receiver(\"") + "\")"
	s.monitor(t, "loud", strings.Replace(loudCode, `receiver("hooks"), receiver("chat", issues_fields = ["id"])`, declared, 1))
	p := s.run(t)
	said := []string{}
	for _, status := range []int{500, 401, 403, 404, 400, 429, 302, hangsUp} {
		g.status.Store(int64(status))
		for _, name := range secretReceiverNames {
			a := s.post(t, "/receivers/"+name+"/test", nil)
			require.Equal(t, http.StatusOK, a.status, a.body)
			said = append(said, a.body)
		}
	}
	db := s.open(t)
	eventually(t, func() (bool, string) {
		failing := texts(t, db, "select target || ': ' || error from notifications where error <> ''")
		return len(failing) >= len(secretReceiverNames)-1, fmt.Sprint(failing)
	})
	for _, path := range []string{
		"/receivers", "/notifications", "/notifications?dead=true", "/alerts", "/events", "/monitors", "/monitors/loud", "/executions", "/deliveries", "/databases", "/api/openapi.json",
	} {
		a, err := s.ask(t.Context(), http.MethodGet, path, nil)
		require.NoError(t, err)
		said = append(said, a.body)
	}
	for _, path := range []string{"/metrics", "/status", "/readyz"} {
		said = append(said, page(t, p.URL()+path))
	}
	for _, args := range [][]string{
		{"receiver", "list"}, {"receiver", "test", "web"}, {"notification", "list"}, {"status"}, {"config", "print"}, {"config", "check"}, {"alert", "list", "-o", "json"},
	} {
		said = append(said, s.command(t, p, args...))
	}
	stop(t, p)
	said = append(said, p.Log())
	said = append(said, everyText(t, db)...)
	require.Contains(t, strings.Join(said, "\n"), http.StatusText(http.StatusUnauthorized), "what they said was kept, as far as it can be")
	for _, text := range said {
		for _, secret := range hush {
			if i := strings.Index(text, secret); i >= 0 {
				require.Fail(t, "a secret shows", "%s in: %s", secret, text[max(0, i-300):min(len(text), i+100)])
			}
		}
	}
}

// command is what a command says, however it ends.
func (s *site) command(t *testing.T, p *process.Process, args ...string) string {
	t.Helper()
	if args[0] != "config" {
		args = append(args, "--server", p.URL())
	}
	c := s.launch(t, args...)
	_, err := c.Wait(limited(t, patience))
	require.NoError(t, err)
	return c.Log()
}

// everyText reads all that is stored, whatever it is.
func everyText(t *testing.T, db *sql.DB) []string {
	t.Helper()
	var all []string
	for _, table := range texts(t, db, "select name from sqlite_master where type = 'table'") {
		for _, column := range texts(t, db, "select name from pragma_table_info($1)", table) {
			all = append(all, texts(t, db, fmt.Sprintf(`select coalesce(cast(%q as text), '') from %q`, column, table))...)
		}
	}
	require.NotEmpty(t, all)
	return all
}
