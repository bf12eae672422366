package email

import (
	netmail "net/mail"
	"time"

	"github.com/wneessen/go-mail"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/notify"
)

// envelope is a mail without its content.
type envelope struct {
	id, subject string
	to          []*netmail.Address
	// answers and thread are the ids of the mail before it and of the first one;
	// empty for that.
	answers, thread string
	at              time.Time
	urgent          bool
	headers         map[string]string
}

// message makes a mail of parts; there is none in HTML if it is empty.
func (r *route) message(e envelope, product, text, html string) *mail.Msg {
	m := mail.NewMsg(mail.WithNoDefaultUserAgent())
	m.FromMailAddress(r.from)
	m.ToMailAddress(e.to...)
	if r.replyTo != nil {
		m.ReplyToMailAddress(r.replyTo)
	}
	m.Subject(e.subject)
	m.SetDateWithValue(e.at)
	m.SetMessageIDWithValue(e.id)
	m.SetUserAgent(product)
	if e.thread != "" {
		m.SetGenHeader(mail.HeaderInReplyTo, "<"+e.answers+">")
		references := "<" + e.thread + ">"
		if e.answers != e.thread {
			references += " <" + e.answers + ">"
		}
		m.SetGenHeader(mail.HeaderReferences, references)
	}
	// Keeps absence notes and the like from answering.
	m.SetGenHeader("Auto-Submitted", "auto-generated")
	m.SetGenHeader("X-Auto-Response-Suppress", "All")
	if e.urgent {
		m.SetImportance(mail.ImportanceHigh)
	}
	for name, value := range e.headers {
		m.SetGenHeader(mail.Header(name), oneLine(value))
	}
	m.SetBodyString(mail.TypeTextPlain, text)
	if html != "" {
		m.AddAlternativeString(mail.TypeTextHTML, html)
	}
	return m
}

// tell makes the mail that tells of an alert; was is nil for the first one.
func (t *Target) tell(was, now *thread, l *letter) (*mail.Msg, error) {
	e := envelope{
		id: now.Last, subject: now.Subject, to: t.route.to, at: t.now(),
		urgent:  l.Priority <= monitor.High && !l.Acknowledged && l.Closed == "",
		headers: headers(l),
	}
	content := told{letter: *l}
	if was != nil {
		e.subject, e.answers, e.thread = "Re: "+was.Subject, was.Last, was.Root
		content.Change = was.change(l)
	}
	return t.write(e, &content)
}

// write makes a mail in both forms.
func (t *Target) write(e envelope, content *told) (*mail.Msg, error) {
	html, err := content.html()
	if err != nil {
		return nil, notify.Errorf(notify.Rejected, "write the mail: %w", err)
	}
	return t.route.message(e, t.config.Product, content.text(), html), nil
}

// headers are for people's rules of sorting.
func headers(l *letter) map[string]string {
	status := "active"
	if l.Closed != "" {
		status = string(l.Closed)
	}
	return map[string]string{
		"X-Vedette-Monitor":  l.Monitor,
		"X-Vedette-Priority": l.Priority.String(),
		"X-Vedette-Status":   status,
	}
}
