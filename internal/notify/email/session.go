package email

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/textproto"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"

	"github.com/vedettehq/vedette/internal/notify"
)

// The longest that a mail may take if nobody says less, and how long a server may
// take to say goodbye when it has the mail already.
const (
	sendTimeout = 30 * time.Second
	quitTimeout = 2 * time.Second
)

// session is a connection to the server, for one mail. The library's own client is
// not used: it stops listening to the context once it is connected, lets one refused
// recipient keep the mail from all the others, and takes a goodbye that goes wrong
// for a mail that was not delivered.
type session struct {
	*route
	conn   net.Conn
	client *smtp.Client
}

// send delivers a mail, and gives the recipients that the server refused. It is an
// error if it took none of them.
func (t *Target) send(ctx context.Context, message *mail.Msg) (refused error, err error) {
	ctx, cancel := context.WithTimeoutCause(ctx, sendTimeout, errors.New("sending the mail took too long"))
	defer cancel()
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", t.route.address)
	if err != nil {
		return nil, t.route.noAnswer(ctx, err)
	}
	stop := context.AfterFunc(ctx, func() {
		// Wakes whoever waits for the server. It fails if that is over, which is as good.
		_ = conn.SetDeadline(time.Unix(1, 0))
	})
	// What the server has taken it keeps, whatever the connection comes to.
	defer func() { stop(); _ = conn.Close() }()
	s := session{route: t.route, conn: conn}
	if err := s.open(ctx, t.tls); err != nil {
		return nil, err
	}
	if refused, err = s.address(ctx, message); err != nil {
		return nil, err
	}
	if err := s.content(ctx, message); err != nil {
		return nil, err
	}
	s.quit()
	return refused, nil
}

// open greets the server, encrypts and signs in.
func (s *session) open(ctx context.Context, config *tls.Config) (err error) {
	conn := s.conn
	if s.tls == implicit {
		encrypted := tls.Client(conn, config)
		if err := encrypted.HandshakeContext(ctx); err != nil {
			return s.notEncrypted(ctx, err)
		}
		conn = encrypted
	}
	if s.client, err = smtp.NewClient(conn, s.host); err != nil {
		return s.refusal(ctx, notify.Refused, "turns the connection down", err)
	}
	if err := s.client.Hello(helloName()); err != nil {
		return s.refusal(ctx, notify.Refused, "does not accept the greeting", err)
	}
	if s.tls == startTLS {
		if offered, _ := s.client.Extension("STARTTLS"); !offered {
			return notify.Errorf(notify.Refused, "%s offers no STARTTLS, and nothing is sent without: try the port for tls: implicit, which usually is 465", s.host)
		}
		if err := s.client.StartTLS(config); err != nil {
			return s.notEncrypted(ctx, err)
		}
	}
	return s.signIn(ctx)
}

func (s *session) signIn(ctx context.Context) error {
	if s.username == "" {
		return nil
	}
	_, offered := s.client.Extension("AUTH")
	auth := s.auth(strings.Fields(offered))
	if auth == nil {
		return notify.Errorf(notify.Refused, "%s offers no way to sign in that is known here (SCRAM, PLAIN, LOGIN, CRAM-MD5): %q", s.host, offered)
	}
	err := s.client.Auth(auth)
	switch {
	case err == nil:
		return nil
	case isOfProtocol(err):
		return notify.Errorf(notify.Refused, "signing in at %s goes wrong: %s", s.host, s.said(err.Error()))
	default:
		return s.refusal(ctx, notify.Refused, "does not accept the username and the password", err)
	}
}

// auth is the best of the ways that the server offers.
func (s *session) auth(offered []string) smtp.Auth {
	user, password := s.username, s.password.Reveal()
	for _, way := range []struct {
		name string
		auth smtp.Auth
	}{
		{"SCRAM-SHA-256", smtp.ScramSHA256Auth(user, password)},
		{"SCRAM-SHA-1", smtp.ScramSHA1Auth(user, password)},
		{"PLAIN", smtp.PlainAuth("", user, password, s.host, s.allowsPlainSecrets)},
		{"LOGIN", smtp.LoginAuth(user, password, s.host, s.allowsPlainSecrets)},
		{"CRAM-MD5", smtp.CRAMMD5Auth(user, password)},
	} {
		if slices.Contains(offered, way.name) {
			return way.auth
		}
	}
	return nil
}

// address says from whom and to whom. A recipient that the server refuses does not
// keep the mail from the others.
func (s *session) address(ctx context.Context, message *mail.Msg) (refused error, err error) {
	from, err := message.GetSender(false)
	if err != nil {
		return nil, notify.Errorf(notify.Rejected, "address the mail: %w", err)
	}
	if err := s.client.Mail(from); err != nil {
		return nil, s.refusal(ctx, notify.Refused, "lets "+s.from.Address+" send nothing", err)
	}
	recipients, err := message.GetRecipients()
	if err != nil {
		return nil, notify.Errorf(notify.Rejected, "address the mail: %w", err)
	}
	var refusals []error
	for _, recipient := range recipients {
		err := s.client.Rcpt(recipient)
		if err == nil {
			continue
		}
		if _, answered := errors.AsType[*textproto.Error](err); !answered {
			return nil, s.noAnswer(ctx, err)
		}
		refusals = append(refusals, s.refusal(ctx, notify.Refused, "takes no mail for "+strings.Trim(recipient, "<>"), err))
	}
	if len(refusals) == len(recipients) {
		return nil, joined(refusals)
	}
	return joined(refusals), nil
}

// content sends the mail itself. Once that is complete, an answer that does not
// come leaves open whether it was taken.
func (s *session) content(ctx context.Context, message *mail.Msg) error {
	writer, err := s.client.Data()
	if err != nil {
		return s.refusal(ctx, notify.Refused, "does not want the mail", err)
	}
	if _, err := message.WriteTo(writer); err != nil {
		return s.noAnswer(ctx, err)
	}
	if err := writer.Close(); err != nil {
		return s.refusal(ctx, notify.Rejected, "does not take the mail", err)
	}
	return nil
}

// quit says goodbye, as is polite. The mail is delivered, so that it fails means
// nothing.
func (s *session) quit() {
	if s.client.UpdateDeadline(quitTimeout) == nil {
		_ = s.client.Quit()
	}
}

// helloName is how this machine calls itself.
func helloName() string {
	name, err := os.Hostname()
	if err != nil || strings.ContainsAny(name, " \r\n") {
		return "localhost"
	}
	return name
}
