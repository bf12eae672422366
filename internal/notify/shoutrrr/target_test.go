package shoutrrr

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/notify"
	"github.com/vedettehq/vedette/internal/notify/notifytest"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m,
		// The library keeps its connections open, and gives nobody a way to close them.
		goleak.IgnoreAnyFunction("net/http.(*persistConn).writeLoop"),
		goleak.IgnoreAnyFunction("net/http.(*persistConn).readLoop"))
}

const nonce = "0193a000-0000-7000-8000-00000000000a"

func config(address string) notify.Config {
	return notify.Config{
		Settings: notify.Settings{Path: "receivers.ops.shoutrrr", JSON: monitor.Data(fmt.Sprintf(`{"url":%q}`, address))},
		HTTP:     &http.Client{Transport: &http.Transport{DisableKeepAlives: true}},
		Logger:   slog.New(slog.DiscardHandler),
		Product:  "vedette/test",
	}
}

// mattermost is a target that the library serves.
func mattermost(t *testing.T, service *standIn) *Target {
	t.Helper()
	host := strings.TrimPrefix(service.URL, "http://")
	target, err := open(config("mattermost://" + host + "/T0KEN5ECRET?disabletls=yes"))
	require.NoError(t, err)
	return target.(*Target)
}

const hook = "/hooks/T0KEN5ECRET"

func TestTarget(t *testing.T) {
	t.Parallel()
	notifytest.Run(t, notifytest.Harness{
		Open: func(t *testing.T) (notify.Target, notifytest.Service) {
			service := serve(t, hook)
			return mattermost(t, service), service
		},
		Secrets:     []string{"T0KEN5ECRET"},
		Repeats:     true,
		EditsAppend: true,
		NoPause:     true,
	})
}

func TestTarget_Telegram(t *testing.T) {
	t.Parallel()
	notifytest.Run(t, notifytest.Harness{
		Open: func(t *testing.T) (notify.Target, notifytest.Service) {
			service := serve(t, "/bot"+token+"/sendMessage")
			return telegramAt(t, service, token), service
		},
		Secrets:     []string{token, "AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"},
		Repeats:     true,
		EditsAppend: true,
	})
}

func telegramAt(t *testing.T, service *standIn, token string) *Target {
	t.Helper()
	address := "telegram://" + token + "@telegram?chats=-1001:7"
	name, opened, err := openService(config(address), monitor.NewSecret(address))
	require.NoError(t, err)
	bot := opened.(*telegram)
	require.Equal(t, chat{ID: "-1001", Thread: 7, NoPreview: true}, bot.chat)
	bot.base = service.URL
	return newTarget(name, monitor.NewSecret(address), bot)
}

func render(t *testing.T, target *Target, change ...func(*notify.Card)) notify.Rendering {
	t.Helper()
	r, err := target.Render(notifytest.Card(change...))
	require.NoError(t, err)
	return r
}

func TestTarget_CallsNobodyInTheNameOfAnIssue(t *testing.T) {
	t.Parallel()
	service := serve(t, hook)
	target := mattermost(t, service)
	_, err := target.Create(t.Context(), nonce, render(t, target, func(c *notify.Card) {
		c.Title, c.Summary, c.Issues[0].Values[1] = "@here", "<!channel> <users/all>", "@everyone [bank](http://evil.example)"
	}))
	require.NoError(t, err)
	for _, bad := range []string{"@here", "<!", "<users", "@everyone", "]("} {
		require.NotContains(t, service.sent()[0], bad)
	}
}

func TestTarget_FitsIntoEveryService(t *testing.T) {
	t.Parallel()
	target := mattermost(t, serve(t, hook))
	r := render(t, target, func(c *notify.Card) {
		c.Title, c.Summary = strings.Repeat("@ü", 500), strings.Repeat("s", 5000)
		for range 100 {
			c.Issues = append(c.Issues, c.Issues[0])
		}
		c.ActiveIssues = 102
	})
	read, err := readRendering(r)
	require.NoError(t, err)
	require.LessOrEqual(t, len([]rune(read.Text))+len("\nvedette "+nonce), 1024)
	require.Regexp(t, `\d+ more\n`, read.Text)
	require.True(t, strings.HasSuffix(read.Text, "/alerts/42"), "the link is whole")
}

func TestTarget_ChangesOfIssuesAreNotWorthAMessage(t *testing.T) {
	t.Parallel()
	target := mattermost(t, serve(t, hook))
	significant := func(change func(*notify.Card)) string { return target.Significant(render(t, target, change)) }
	first := significant(func(*notify.Card) {})
	require.Equal(t, first, significant(func(c *notify.Card) { c.ActiveIssues, c.Issues = 99, nil }))
	require.NotEqual(t, first, significant(func(c *notify.Card) { c.Priority = monitor.High }))
	require.NotEqual(t, first, significant(func(c *notify.Card) { c.Acknowledged = true }))
	require.NotEqual(t, first, significant(func(c *notify.Card) { c.Closed = notify.ClosedSolved }))
}

func TestTarget_WhatIsStillBeingSentIsNotSentTwice(t *testing.T) {
	t.Parallel()
	service := serve(t, hook, func(s *standIn) { s.release = make(chan struct{}) })
	target := mattermost(t, service)
	r := render(t, target)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, err := target.Create(ctx, nonce, r)
	require.ErrorIs(t, err, context.DeadlineExceeded)
	require.Equal(t, notify.Temporary, notify.KindOf(err))

	ctx, cancel = context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, err = target.Create(ctx, nonce, r)
	require.ErrorIs(t, err, errSlow)

	close(service.release)
	_, err = target.Create(t.Context(), nonce, r)
	require.NoError(t, err)
	require.Len(t, service.sent(), 1)
}

func TestTarget_APanicOfTheLibraryIsAnError(t *testing.T) {
	t.Parallel()
	target := newTarget("zulip", monitor.NewSecret("zulip://bot:5ecret@zulip.example"), panicking{})
	_, err := target.Create(t.Context(), nonce, render(t, target))
	require.EqualError(t, err, "zulip: no usable answer: the library gives up: nil at [redacted]")
}

type panicking struct{}

func (panicking) send(context.Context, string) error { panic("nil at 5ecret") }

func TestTarget_SaysWhatTheServiceAnswers(t *testing.T) {
	t.Parallel()
	target := mattermost(t, serve(t, "/elsewhere"))
	_, err := target.Say(t.Context(), nonce, "a test")
	require.EqualError(t, err, "mattermost answers 404 Not Found")
	require.Equal(t, notify.Refused, notify.KindOf(err))

	_, err = telegramAt(t, serve(t, "/elsewhere"), token).Say(t.Context(), nonce, "a test")
	require.EqualError(t, err, "127.0.0.1 answers 404 Not Found", "what it says holds the token")
	require.Equal(t, notify.Refused, notify.KindOf(err))
}

func TestRefusal_TellsNothingOfTheURL(t *testing.T) {
	t.Parallel()
	address := "matrix://user:pa%20ss@host.example/T0KENA/T0KENB?rooms=!room1,room2&x=S3CRET"
	target := newTarget("matrix", monitor.NewSecret(address), panicking{})
	parsed, err := url.Parse(address)
	require.NoError(t, err)
	for _, text := range []string{address, parsed.String(), parsed.RequestURI(), "pa ss", "token T0KENB", "S3CRET", parsed.Redacted()} {
		said := target.refusal(fmt.Errorf("it went wrong with %s", text)).Error()
		for _, secret := range []string{"pa ss", "pa%20ss", "T0KENA", "T0KENB", "S3CRET", "host.example"} {
			require.NotContains(t, said, secret)
		}
	}
}

func TestOpen_SaysWhatIsWrongWithTheURL(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"":                             "it has to look like ntfy://ntfy.example.com/topic",
		"hunter2":                      "it has to look like ntfy://ntfy.example.com/topic",
		"smtp://u:hunter2@m.example":   "smtp is reached by the plugin email, which can do more",
		"generic+https://hunter2.test": "generic is reached by the plugin webhook, which can do more",
		"logger://hunter2": "it has to begin with one of bark, discord, googlechat, gotify, ifttt, join, lark, matrix, mattermost, ntfy, " +
			"opsgenie, pushbullet, pushover, rocketchat, signal, teams, telegram, wecom, zulip",
		"discord://hunter2":                             "it is not complete, or not in the form of discord: see https://shoutrrr.nickfedor.com/services/overview",
		"telegram://" + token + "@telegram?chats=1,2":   "it has to name one chat: use a receiver for each",
		"telegram://" + token + "@telegram?chats=1:abc": "what follows the : of the chat has to be the number of a topic",
	} {
		_, err := Driver().Open(config(address))
		require.EqualError(t, err, "receivers.ops.shoutrrr.url: "+want)
	}
}

func TestKey_TellsURLsApartWithoutShowingThem(t *testing.T) {
	t.Parallel()
	key := func(address string) string {
		target, err := Driver().Open(config(address))
		require.NoError(t, err)
		return target.Key()
	}
	one := key("ntfy://ntfy.example/hunter2")
	require.Regexp(t, `^shoutrrr:ntfy/[0-9a-f]{8}$`, one)
	require.NotEqual(t, one, key("ntfy://ntfy.example/hunter3"))
}
