package email

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/notify"
	"github.com/vedettehq/vedette/internal/notify/notifytest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const nonce = "0193a000-0000-7000-8000-00000000000a"

func TestTarget(t *testing.T) {
	t.Parallel()
	notifytest.Run(t, notifytest.Harness{
		Open: func(t *testing.T) (notify.Target, notifytest.Service) {
			service := serve(t)
			return opened(t, service, ""), service
		},
		Secrets:     []string{password},
		Repeats:     true,
		EditsAppend: true,
		NoPause:     true,
	})
}

func TestTarget_TLSFromTheBeginning(t *testing.T) {
	t.Parallel()
	notifytest.Run(t, notifytest.Harness{
		Open: func(t *testing.T) (notify.Target, notifytest.Service) {
			service := serve(t, func(s *standIn) { s.isImplicit = true })
			return opened(t, service, `"tls":"implicit"`), service
		},
		Secrets:     []string{password},
		Repeats:     true,
		EditsAppend: true,
		NoPause:     true,
	})
}

func config(settings string) notify.Config {
	return notify.Config{
		Settings: notify.Settings{Path: "receivers.ops.email", JSON: monitor.Data(settings)},
		Logger:   slog.New(slog.DiscardHandler),
		Product:  "vedette/test",
	}
}

// opened is a target of a stand-in, with settings that come last.
func opened(t *testing.T, service *standIn, more string) *Target {
	t.Helper()
	if more != "" {
		more = "," + more
	}
	target, err := open(config(fmt.Sprintf(`{"server":%q,"username":%q,"password":%q,
		"from":"Vedette <vedette@example.com>","to":["ann@example.com","Bob <bob@example.com>"]%s}`,
		service.listener.Addr(), username, password, more)))
	require.NoError(t, err)
	target.tls.RootCAs = service.roots
	target.now = func() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) }
	return target
}

func render(t *testing.T, target *Target, change ...func(*notify.Card)) notify.Rendering {
	t.Helper()
	r, err := target.Render(notifytest.Card(change...))
	require.NoError(t, err)
	return r
}

func TestTarget_KeepsToOneThread(t *testing.T) {
	t.Parallel()
	service := serve(t)
	target := opened(t, service, `"reply_to":"payments@example.com"`)
	critical := func(c *notify.Card) { c.Priority = monitor.Critical }
	renamed := func(c *notify.Card) { c.Title = "Another title" }
	solved := func(c *notify.Card) { c.Closed, c.SolvedAt = notify.ClosedSolved, c.CreatedAt.Add(time.Hour) }

	ref, err := target.Create(t.Context(), nonce, render(t, target))
	require.NoError(t, err)
	ref, err = target.Edit(t.Context(), ref, render(t, target, critical, renamed))
	require.NoError(t, err)
	require.NoError(t, target.Close(t.Context(), ref, render(t, target, solved)))

	mails := service.mails()
	require.Len(t, mails, 3)
	first, second, last := mails[0], mails[1], mails[2]
	root := "<" + nonce + "@example.com>"
	require.Equal(t, root, first.header.Get("Message-Id"))
	require.Empty(t, first.header.Get("In-Reply-To"))
	require.Equal(t, root, second.header.Get("In-Reply-To"))
	require.Equal(t, root, second.header.Get("References"))
	require.Equal(t, second.header.Get("Message-Id"), last.header.Get("In-Reply-To"))
	require.Equal(t, root+" "+second.header.Get("Message-Id"), last.header.Get("References"))

	require.Equal(t, "[vedette] Stuck orders (alert 42)", first.subject())
	require.Equal(t, "Re: [vedette] Stuck orders (alert 42)", second.subject(), "another subject would be another thread")
	require.Equal(t, "<vedette@example.com>", first.from)
	require.Equal(t, []string{"ann@example.com", "bob@example.com"}, first.to)
	require.Equal(t, "<payments@example.com>", first.header.Get("Reply-To"))
	require.Equal(t, "auto-generated", first.header.Get("Auto-Submitted"))
	require.Equal(t, "vedette/test", first.header.Get("User-Agent"))
	require.Equal(t, "critical", second.header.Get("X-Vedette-Priority"))
	require.Equal(t, "high", second.header.Get("Importance"))
	require.Empty(t, first.header.Get("Importance"))
	require.Equal(t, "Mon, 23 Nov 2026 12:00:00 +0000", first.header.Get("Date"))
	require.Contains(t, second.text, "The priority has risen from moderate to critical.")
	require.True(t, strings.HasPrefix(last.text, "Solved after 1h0m0s"), last.text)
	require.Contains(t, last.text, "Active from 2026-11-23 12:00:00 UTC to 2026-11-23 13:00:00 UTC\n")
}

func TestTarget_AnAttemptThatIsRepeatedHasTheSameId(t *testing.T) {
	t.Parallel()
	service := serve(t)
	target := opened(t, service, "")
	ref, err := target.Create(t.Context(), nonce, render(t, target))
	require.NoError(t, err)
	edit := func(p monitor.Priority) notify.Ref {
		after, err := target.Edit(t.Context(), ref, render(t, target, func(c *notify.Card) { c.Priority = p }))
		require.NoError(t, err)
		return after
	}
	high, other := edit(monitor.High), edit(monitor.Low)
	require.Equal(t, high, edit(monitor.High))
	require.NotEqual(t, high, other)
	again, err := target.Edit(t.Context(), other, render(t, target, func(c *notify.Card) { c.Priority = monitor.High }))
	require.NoError(t, err)
	require.NotEqual(t, high, again, "mailboxes would hide what has an id that they know")
}

func TestTarget_ChangesOfIssuesAreNotWorthAMail(t *testing.T) {
	t.Parallel()
	target := opened(t, serve(t), "")
	significant := func(change func(*notify.Card)) string { return target.Significant(render(t, target, change)) }
	first := significant(func(*notify.Card) {})
	require.Equal(t, first, significant(func(c *notify.Card) { c.ActiveIssues, c.Issues = 99, nil }))
	require.Equal(t, first, significant(func(c *notify.Card) { c.Locked = true }))
	require.NotEqual(t, first, significant(func(c *notify.Card) { c.Priority = monitor.High }))
	require.NotEqual(t, first, significant(func(c *notify.Card) { c.Acknowledged = true }))
	require.NotEqual(t, first, significant(func(c *notify.Card) { c.Closed = notify.ClosedSolved }))
}

func TestTarget_NoTextEndsAHeader(t *testing.T) {
	t.Parallel()
	service := serve(t)
	target := opened(t, service, "")
	r := render(t, target, func(c *notify.Card) {
		c.Title = "Über\r\nBcc: eve@example.com\r\n\r\n.\r\nMAIL FROM:<eve@example.com>"
		c.Monitor = "m\r\nBcc: eve@example.com"
		c.Issues[0].Values[0] = "a\r.\rb\n.\nc\x00"
	})
	_, err := target.Create(t.Context(), nonce, r)
	require.NoError(t, err)
	_, err = target.Say(t.Context(), nonce, "one\r\nBcc: eve@example.com")
	require.NoError(t, err)

	mails := service.mails()
	require.Len(t, mails, 2)
	for _, m := range mails {
		require.Empty(t, m.header.Get("Bcc"))
		require.Equal(t, []string{"ann@example.com", "bob@example.com"}, m.to)
	}
	require.Equal(t, "[vedette] Über Bcc: eve@example.com . MAIL FROM:<eve@example.com> (alert 42)", mails[0].subject())
	require.Equal(t, "m Bcc: eve@example.com", mails[0].header.Get("X-Vedette-Monitor"))
	require.Contains(t, mails[0].text, "a . b . c")
}

func TestTarget_EscapesWhatIsNotOurs(t *testing.T) {
	t.Parallel()
	service := serve(t)
	target := opened(t, service, "")
	_, err := target.Create(t.Context(), nonce, render(t, target, func(c *notify.Card) {
		c.Title, c.Summary, c.URL = `<script>x</script>`, `<img src=x>`, `javascript:alert(1)`
		c.Labels, c.Issues[0].Values[1] = map[string]string{"<b>": "<i>"}, `</td><a href="http://evil.example">`
	}))
	require.NoError(t, err)
	got := service.mails()[0].html
	for _, bad := range []string{"<script", "<img", "<b>=", "<i>", "evil.example\">", `href="javascript`} {
		require.NotContains(t, got, bad)
	}
	require.Contains(t, got, "&lt;script&gt;x&lt;/script&gt;")
}

func TestTarget_OneRefusedRecipientKeepsNothingFromTheOthers(t *testing.T) {
	t.Parallel()
	service := serve(t, func(s *standIn) { s.refuses["ann@example.com"] = "550 5.1.1 she has left" })
	target := opened(t, service, "")
	_, err := target.Create(t.Context(), nonce, render(t, target))
	require.NoError(t, err)
	require.Equal(t, []string{"bob@example.com"}, service.mails()[0].to)

	_, err = target.Say(t.Context(), nonce, "a test")
	require.EqualError(t, err, "the others have it, but 127.0.0.1 takes no mail for ann@example.com: 550 5.1.1 she has left")
	require.Equal(t, notify.Refused, notify.KindOf(err))
	require.Len(t, service.mails(), 2)
}

func TestTarget_WithoutRecipientsNothingIsSent(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]notify.Kind{
		"550 5.1.1 nobody here":  notify.Refused,
		"450 4.2.1 come back":    notify.Temporary,
		"450 4.7.28 too many":    notify.Throttled,
		"421 4.3.2 going to bed": notify.Throttled,
	} {
		service := serve(t, func(s *standIn) {
			s.refuses["ann@example.com"], s.refuses["bob@example.com"] = "550 5.1.1 she has left", said
		})
		target := opened(t, service, "")
		_, err := target.Create(t.Context(), nonce, render(t, target))
		require.ErrorContains(t, err, "ann@example.com: 550 5.1.1 she has left")
		require.ErrorContains(t, err, "bob@example.com: "+said)
		require.Equal(t, want, notify.KindOf(err))
		require.Empty(t, service.mails())
	}
}

func TestTarget_SaysWhatToMend(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		change  func(*standIn)
		more    string
		want    string
		trustNo bool
	}{
		"wrong password": {
			more: `"password":"wrong"`,
			want: "127.0.0.1 does not accept the username and the password: 535 (its answer is not repeated: it holds the password)",
		},
		"unknown certificate": {
			trustNo: true,
			want:    "the certificate of 127.0.0.1 is not trusted: x509: certificate signed by unknown authority",
		},
		"no STARTTLS": {
			change: func(s *standIn) { s.isPlain = true },
			want:   "127.0.0.1 offers no STARTTLS, and nothing is sent without: try the port for tls: implicit, which usually is 465",
		},
		"no TLS from the beginning": {
			more: `"tls":"implicit"`,
			want: " does not speak TLS from the beginning: try tls: starttls",
		},
		"a server that does not know the password either": {
			change: func(s *standIn) { s.ways = "SCRAM-SHA-256" },
			want:   "signing in at 127.0.0.1 goes wrong: ",
		},
		"no known way to sign in": {
			change: func(s *standIn) { s.ways = "GSSAPI" },
			want:   `127.0.0.1 offers no way to sign in that is known here (SCRAM, PLAIN, LOGIN, CRAM-MD5): "GSSAPI"`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var changes []func(*standIn)
			if test.change != nil {
				changes = append(changes, test.change)
			}
			service := serve(t, changes...)
			target := opened(t, service, test.more)
			if test.trustNo {
				target.tls.RootCAs = nil
			}
			_, err := target.Create(t.Context(), nonce, render(t, target))
			require.ErrorContains(t, err, test.want)
			require.NotContains(t, err.Error(), password)
			require.Equal(t, notify.Refused, notify.KindOf(err))
			require.Empty(t, service.mails())
		})
	}
}

func TestTarget_DoesNotWaitLongerThanItMay(t *testing.T) {
	t.Parallel()
	for _, command := range []string{"EHLO", "MAIL", "DATA"} {
		service := serve(t, func(s *standIn) { s.hangsAt = command })
		target := opened(t, service, "")
		ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
		defer cancel()
		_, err := target.Create(ctx, nonce, render(t, target))
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.Equal(t, notify.Temporary, notify.KindOf(err))
	}
}

func TestTarget_AGoodbyeThatGoesWrongIsNoFailure(t *testing.T) {
	t.Parallel()
	service := serve(t, func(s *standIn) { s.hangsAt = "QUIT" })
	target := opened(t, service, "")
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	_, err := target.Create(ctx, nonce, render(t, target))
	require.NoError(t, err)
	require.Len(t, service.mails(), 1)
}

func TestOpen_SaysWhatIsWrongWithTheSettings(t *testing.T) {
	t.Parallel()
	const rest = `,"from":"a@example.com","to":["b@example.com"]`
	for settings, want := range map[string]string{
		`{}`:                                  `receivers.ops.email.server: it has to look like mail.example.com:587`,
		`{"server":"mail.example.com"}`:       `receivers.ops.email.server: it has to look like mail.example.com:587`,
		`{"server":"mail.example.com:smtpp"}`: `receivers.ops.email.server: it has to look like mail.example.com:587`,
		`{"server":"m.example:587"}`:          `receivers.ops.email.from: it has to look like vedette@example.com or "Vedette <vedette@example.com>"`,
		`{"server":"m.example:587","from":"a@example.com"}`:                                      `receivers.ops.email.to: it has to be a list such as [payments@example.com]`,
		`{"server":"m.example:587","from":"a@example.com","to":["b@example.com","c"]}`:           `receivers.ops.email.to: "c" has to look like payments@example.com`,
		`{"server":"m.example:587","from":"a@example.com","to":"b@example.com"}`:                 `receivers.ops.email.to: expected a value of type []string, not string`,
		`{"server":"m.example:587","reply_to":"c"` + rest + `}`:                                  `receivers.ops.email.reply_to: it has to look like payments@example.com`,
		`{"server":"m.example:587","tls":"ssl"` + rest + `}`:                                     `receivers.ops.email.tls: it has to be starttls (port 587), implicit (port 465) or none, not "ssl"`,
		`{"server":"m.example:25","tls":"none","username":"u","password":"hunter2"` + rest + `}`: `receivers.ops.email.tls: it cannot be none with a password, which would be sent in the clear`,
		`{"server":"m.example:587","username":"u"` + rest + `}`:                                  `receivers.ops.email.password: a username needs one; without both, nobody signs in`,
		`{"server":"m.example:587","password":"hunter2"` + rest + `}`:                            `receivers.ops.email.username: a password needs one`,
	} {
		_, err := Driver().Open(config(settings))
		require.EqualError(t, err, want)
	}
}

func TestOpen_ChoosesTLSByThePort(t *testing.T) {
	t.Parallel()
	for port, want := range map[string]encryption{"465": implicit, "587": startTLS, "25": startTLS} {
		target, err := open(config(`{"server":"m.example:` + port + `","from":"a@example.com","to":["b@example.com"]}`))
		require.NoError(t, err)
		require.Equal(t, want, target.route.tls)
	}
}

func TestKey_NamesTheRecipients(t *testing.T) {
	t.Parallel()
	key := func(server, to string) string {
		target, err := open(config(`{"server":"` + server + `:587","from":"a@example.com","to":` + to + `}`))
		require.NoError(t, err)
		return target.Key()
	}
	require.Equal(t, "email:b@example.com", key("m.example", `["Bob <B@example.com>"]`))
	require.Equal(t, key("m.example", `["b@example.com","c@example.com"]`), key("new.example", `["c@example.com","b@example.com"]`))
	require.NotEqual(t, key("m.example", `["b@example.com","c@example.com"]`), key("m.example", `["b@example.com","d@example.com"]`))
	require.Regexp(t, `^email:b@example\.com\+1/[0-9a-f]{8}$`, key("m.example", `["b@example.com","c@example.com"]`))
}
