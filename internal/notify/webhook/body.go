package webhook

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"text/template"
	"time"

	"github.com/vedettehq/vedette/internal/notify"
)

// maxBody bounds what a template may make.
const maxBody = 1 << 20

// body writes messages in the form that the operator wants.
type body struct {
	// template is nil for the native form.
	template    *template.Template
	contentType string
}

// event is what a message says beside the alert.
type event struct {
	id, kind, nonce string
	at              time.Time
	product         string
}

// cloudEvent is a message in the structured form of CloudEvents 1.0.
type cloudEvent struct {
	SpecVersion     string    `json:"specversion"`
	ID              string    `json:"id"`
	Source          string    `json:"source"`
	Type            string    `json:"type"`
	Subject         string    `json:"subject"`
	Time            time.Time `json:"time"`
	DataContentType string    `json:"datacontenttype"`
	Data            data      `json:"data"`
}

// data is the alert with the notification's id, which is the same in all messages
// of one notification.
type data struct {
	NotificationID string `json:"notification_id"`
	payload
}

// view is what a template sees.
type view struct {
	// Event is created, updated or closed.
	Event          string
	NotificationID string
	payload
	Time time.Time
}

// newBody reads a template, and tries it.
func newBody(text, contentType string) (*body, error) {
	if text == "" {
		return &body{contentType: cmp.Or(contentType, "application/cloudevents+json")}, nil
	}
	parsed, err := template.New("template").Option("missingkey=error").Funcs(template.FuncMap{"json": asJSON}).Parse(text)
	if err != nil {
		return nil, err
	}
	b := &body{template: parsed, contentType: cmp.Or(contentType, "application/json")}
	sample, err := json.Marshal(newPayload(&notify.Card{Title: "x", Priority: 3}))
	if err != nil {
		return nil, err
	}
	_, err = b.write(event{kind: "created"}, notify.Rendering(sample))
	return b, err
}

func asJSON(value any) (string, error) {
	text, err := json.Marshal(value)
	return string(text), err
}

func (b *body) write(e event, r notify.Rendering) ([]byte, error) {
	var p payload
	if err := json.Unmarshal([]byte(r), &p); err != nil {
		return nil, err
	}
	if b.template == nil {
		return json.Marshal(cloudEvent{
			SpecVersion: "1.0", ID: e.id, Source: "/vedette/monitors/" + p.Monitor, Type: "vedette.notification." + e.kind,
			Subject: fmt.Sprintf("alerts/%d", p.AlertID), Time: e.at, DataContentType: "application/json",
			Data: data{NotificationID: e.nonce, payload: p},
		})
	}
	out := limited{most: maxBody}
	err := b.template.Execute(&out, view{Event: e.kind, NotificationID: e.nonce, payload: p, Time: e.at})
	return out.Bytes(), err
}

// limited takes so much and no more.
type limited struct {
	bytes.Buffer
	most int
}

func (l *limited) Write(text []byte) (int, error) {
	if l.Len()+len(text) > l.most {
		return 0, fmt.Errorf("the template makes more than %d bytes", l.most)
	}
	return l.Buffer.Write(text)
}
