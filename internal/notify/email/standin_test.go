package email

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"html"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	"net/http/httptest"
	"net/mail"
	"net/textproto"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/notify/notifytest"
)

// The credentials of the tests.
const (
	username = "mailer"
	password = "hunter2 hunter2"
)

// standIn is a mail server with the mailbox of all recipients, in which mails stand
// below the one that they answer. It speaks to who keeps to the protocol.
type standIn struct {
	certificate tls.Certificate
	roots       *x509.CertPool
	listener    net.Listener
	// isImplicit has TLS from the beginning, otherwise there is STARTTLS unless
	// isPlain. ways are the ways to sign in.
	isImplicit, isPlain bool
	ways                string
	// refuses is what is said to a recipient; nothing: it is taken.
	refuses map[string]string
	// hangsAt is a command that is never answered.
	hangsAt string

	running  sync.WaitGroup
	mu       sync.Mutex
	received []*received
	failures []notifytest.Failure
}

// received is a mail, taken apart.
type received struct {
	header     mail.Header
	text, html string
	from       string
	to         []string
}

// serve starts a stand-in, which may be changed before.
func serve(t *testing.T, change ...func(*standIn)) *standIn {
	t.Helper()
	// Its certificate is good for 127.0.0.1.
	web := httptest.NewTLSServer(nil)
	web.Close()
	s := &standIn{certificate: web.TLS.Certificates[0], roots: x509.NewCertPool(), ways: "PLAIN LOGIN", refuses: map[string]string{}}
	s.roots.AddCert(web.Certificate())
	for _, c := range change {
		c(s)
	}
	var err error
	s.listener, err = net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	s.running.Go(s.accept)
	t.Cleanup(func() {
		require.NoError(t, s.listener.Close())
		s.running.Wait()
	})
	return s
}

func (s *standIn) accept() {
	for {
		conn, err := s.listener.Accept()
		if err != nil {
			return
		}
		s.running.Go(func() {
			defer func() { _ = conn.Close() }()
			s.talk(conn)
		})
	}
}

// conversation is a connection of a client.
type conversation struct {
	*standIn
	conn        net.Conn
	text        *textproto.Conn
	isEncrypted bool
	isSignedIn  bool
	failure     notifytest.Failure
	from        string
	to          []string
}

func (s *standIn) talk(conn net.Conn) {
	c := &conversation{standIn: s, conn: conn, failure: s.nextFailure()}
	if s.isImplicit {
		c.encrypt()
	}
	c.text = textproto.NewConn(c.conn)
	c.say("220 mail.example.com")
	for {
		line, err := c.text.ReadLine()
		if err != nil {
			return
		}
		verb, rest, _ := strings.Cut(line, " ")
		if verb == s.hangsAt {
			_, _ = c.text.ReadLine()
			return
		}
		if !c.obey(strings.ToUpper(verb), rest) {
			return
		}
	}
}

// say writes a line; that nobody is there any more is seen by reading.
func (c *conversation) say(format string, args ...any) { _ = c.text.PrintfLine(format, args...) }

func (c *conversation) encrypt() {
	c.conn = tls.Server(c.conn, &tls.Config{Certificates: []tls.Certificate{c.certificate}, MinVersion: tls.VersionTLS12})
	c.isEncrypted = true
}

// obey answers a command; false ends the conversation.
func (c *conversation) obey(verb, rest string) bool {
	switch verb {
	case "EHLO":
		c.extensions()
	case "STARTTLS":
		c.say("220 go ahead")
		c.encrypt()
		c.text = textproto.NewConn(c.conn)
	case "AUTH":
		c.signIn(rest)
	case "MAIL":
		c.mail(rest)
	case "RCPT":
		c.recipient(strings.Trim(strings.TrimPrefix(rest, "TO:"), "<>"))
	case "DATA":
		return c.data()
	case "*":
		c.say("501 cancelled")
	case "QUIT":
		c.say("221 bye")
		return false
	default:
		c.say("500 what?")
	}
	return true
}

func (c *conversation) extensions() {
	c.say("250-mail.example.com")
	if !c.isEncrypted && !c.isPlain {
		c.say("250-STARTTLS")
	}
	if c.isEncrypted || c.isPlain {
		c.say("250-AUTH %s", c.ways)
	}
	c.say("250 8BITMIME")
}

func (c *conversation) signIn(rest string) {
	if strings.HasPrefix(rest, "SCRAM") {
		c.say("334 %s", base64.StdEncoding.EncodeToString([]byte("r=somebody else's,s=AAAA,i=4096")))
		return
	}
	want := base64.StdEncoding.EncodeToString([]byte("\x00" + username + "\x00" + password))
	if c.failure == notifytest.Refuse || rest != "PLAIN "+want {
		c.say("535 5.7.8 no such user: %s with password %s", rest, password)
		return
	}
	c.isSignedIn = true
	c.say("235 welcome")
}

func (c *conversation) mail(rest string) {
	switch {
	case !c.isSignedIn:
		c.say("530 5.7.0 sign in first")
	case c.failure == notifytest.Throttle:
		c.say("450 4.7.28 too many mails from you")
	case c.failure == notifytest.Break:
		c.say("451 4.3.0 try again")
	default:
		c.from, _, _ = strings.Cut(strings.TrimPrefix(rest, "FROM:"), " ")
		c.say("250 ok")
	}
}

func (c *conversation) recipient(address string) {
	if said, ok := c.refuses[address]; ok {
		c.say("%s", said)
		return
	}
	c.to = append(c.to, address)
	c.say("250 ok")
}

func (c *conversation) data() bool {
	c.say("354 go ahead")
	content, err := io.ReadAll(c.text.DotReader())
	if err != nil {
		return false
	}
	mail, err := c.read(string(content))
	if err != nil {
		c.say("554 5.6.0 %s", err)
		return true
	}
	c.mu.Lock()
	c.received = append(c.received, mail)
	c.mu.Unlock()
	if c.failure == notifytest.LoseAnswer {
		return false
	}
	c.say("250 taken")
	return true
}

// read takes a mail apart, and finds fault with it as a strict server does.
func (c *conversation) read(raw string) (*received, error) {
	for line := range strings.Lines(raw) {
		if len(line) > 998 || strings.Contains(strings.TrimRight(line, "\r\n"), "\r") {
			return nil, fmt.Errorf("bad line %q", line)
		}
	}
	parsed, err := mail.ReadMessage(strings.NewReader(raw))
	if err != nil {
		return nil, err
	}
	for _, name := range []string{"From", "To", "Date", "Message-Id", "Subject", "Auto-Submitted"} {
		if len(parsed.Header[name]) != 1 {
			return nil, fmt.Errorf("%d headers %s", len(parsed.Header[name]), name)
		}
	}
	r := &received{header: parsed.Header, from: c.from, to: c.to}
	kind, params, err := mime.ParseMediaType(parsed.Header.Get("Content-Type"))
	if err != nil {
		return nil, err
	}
	if kind == "text/plain" {
		content, err := io.ReadAll(quotedprintable.NewReader(parsed.Body))
		r.text = string(content)
		return r, err
	}
	parts := multipart.NewReader(parsed.Body, params["boundary"])
	for {
		part, err := parts.NextPart() // decodes quoted-printable
		if errors.Is(err, io.EOF) {
			return r, nil
		}
		if err != nil {
			return nil, err
		}
		content, err := io.ReadAll(bufio.NewReader(part))
		if err != nil {
			return nil, err
		}
		if strings.HasPrefix(part.Header.Get("Content-Type"), "text/html") {
			r.html = string(content)
		} else {
			r.text = string(content)
		}
	}
}

var tags = regexp.MustCompile(`<[^>]*>`)

// readable is what a person reads of a mail, in either of its parts.
func (r *received) readable() string {
	return r.subject() + "\n" + r.text + "\n" + html.UnescapeString(tags.ReplaceAllString(r.html, " "))
}

func (r *received) subject() string {
	subject, err := new(mime.WordDecoder).DecodeHeader(r.header.Get("Subject"))
	if err != nil {
		panic(err)
	}
	return subject
}

func (s *standIn) nextFailure() notifytest.Failure {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.failures) == 0 {
		return 0
	}
	failure := s.failures[0]
	s.failures = s.failures[1:]
	return failure
}

// Messages lists the threads.
func (s *standIn) Messages() []notifytest.Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	var threads []notifytest.Message
	for _, m := range s.received {
		root, _, _ := strings.Cut(m.header.Get("References"), " ")
		if root == "" {
			nonce, _, _ := strings.Cut(strings.Trim(m.header.Get("Message-Id"), "<>"), "@")
			threads = append(threads, notifytest.Message{Nonce: nonce, Text: m.readable()})
			continue
		}
		i := slices.IndexFunc(threads, func(t notifytest.Message) bool { return strings.HasPrefix(root, "<"+t.Nonce+"@") })
		if i < 0 {
			panic("an answer to nothing: " + root)
		}
		threads[i].Replies = append(threads[i].Replies, m.readable())
		threads[i].Closed = strings.HasPrefix(m.text, "Solved") || strings.HasPrefix(m.text, "Ended")
	}
	return threads
}

// Remove is nothing that can be done: a mail is in many mailboxes.
func (*standIn) Remove(string) bool { return false }

// Fail has the next connections fail.
func (s *standIn) Fail(failures ...notifytest.Failure) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.failures = append(s.failures, failures...)
}

// mails are all that came.
func (s *standIn) mails() []*received {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.received)
}
