package email

import (
	"context"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"io"
	"net"
	"net/textproto"
	"strings"

	"github.com/vedettehq/vedette/internal/notify"
)

// maxSaid bounds what is repeated of a server's answer, in characters.
const maxSaid = 200

// refusal makes an error of what went wrong. permanent is the kind of an answer that
// stays the same however often it is tried.
func (r *route) refusal(ctx context.Context, permanent notify.Kind, what string, err error) error {
	answer, ok := errors.AsType[*textproto.Error](err)
	if !ok {
		return r.noAnswer(ctx, err)
	}
	kind := permanent
	if answer.Code < 500 {
		kind = notify.Temporary
	}
	if isThrottling(answer) {
		kind = notify.Throttled
	}
	return notify.Errorf(kind, "%s %s: %d %s", r.host, what, answer.Code, r.said(answer.Msg))
}

// isThrottling tells whether a server has had enough for now: it hangs up, or says
// that these are too many mails (RFC 3463 and what big providers say).
func isThrottling(answer *textproto.Error) bool {
	return answer.Code == 421 || answer.Code < 500 && strings.HasPrefix(answer.Msg, "4.7.28")
}

// said is what the server answered, in one line and without what must not be told.
func (r *route) said(text string) string {
	if password := r.password.Reveal(); password != "" {
		encoded := base64.StdEncoding.EncodeToString([]byte(password))
		whole := base64.StdEncoding.EncodeToString([]byte("\x00" + r.username + "\x00" + password))
		for _, secret := range []string{password, encoded, whole} {
			if strings.Contains(text, secret) {
				return "(its answer is not repeated: it holds the password)"
			}
		}
	}
	return notify.Shorten(oneLine(text), maxSaid)
}

// isOfProtocol tells whether an error is neither an answer nor one of the connection:
// the server said what makes no sense.
func isOfProtocol(err error) bool {
	_, answered := errors.AsType[*textproto.Error](err)
	_, ofNetwork := errors.AsType[net.Error](err)
	return !answered && !ofNetwork && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF)
}

// noAnswer is an error of the connection. It may work later, and whether the server
// took anything is not known.
func (r *route) noAnswer(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	return notify.Errorf(notify.Temporary, "no answer from %s: %w", r.address, err)
}

// notEncrypted tells what a person can do about TLS that does not come about.
func (r *route) notEncrypted(ctx context.Context, err error) error {
	if untrusted, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return notify.Errorf(notify.Refused, "the certificate of %s is not trusted: %w", r.host, untrusted.Err)
	}
	if _, ok := errors.AsType[tls.RecordHeaderError](err); ok {
		hint := "does not speak TLS from the beginning: try tls: starttls"
		if r.tls == startTLS {
			hint = "announces STARTTLS, and then does not speak TLS"
		}
		return notify.Errorf(notify.Refused, "%s %s", r.address, hint)
	}
	return r.refusal(ctx, notify.Refused, "does not come to terms about TLS", err)
}

// joined makes one error of the refusals of several recipients; nil if there are
// none. It is to be tried again if that may help with one of them.
func joined(refusals []error) error {
	if len(refusals) == 0 {
		return nil
	}
	kind := notify.Refused
	var texts []string
	for _, err := range refusals {
		if k := notify.KindOf(err); k != notify.Refused {
			kind = k
		}
		texts = append(texts, err.Error())
	}
	return notify.Errorf(kind, "%s", strings.Join(texts, "; "))
}
