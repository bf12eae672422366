package slacktest

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// view is what people see of a message, and what is wrong with it.
type view struct {
	lines    []string
	calls    []string
	colour   string
	buttons  []Button
	problems []string
}

type textObject struct {
	Type string
	Text string
}

type element struct {
	Type     string
	Text     json.RawMessage
	ActionID string `json:"action_id"`
	Value    string
	URL      string
}

type block struct {
	Type     string
	Text     *textObject
	Fields   []textObject
	Elements []json.RawMessage
}

// take gives what was read so far, and forgets it.
func (v *view) take() string {
	text := strings.Join(v.lines, "\n")
	v.lines = nil
	return text
}

var control = regexp.MustCompile(`<([^>]*)>`)

var unescape = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")

// text reads text as Slack does: what stands in angle brackets means something if
// it is formatted text.
func (v *view) text(text string, formatted bool) {
	if text == "" {
		return
	}
	if formatted {
		text = control.ReplaceAllStringFunc(text, func(found string) string {
			inner := found[1 : len(found)-1]
			if inner == "" || !strings.ContainsAny(inner[:1], "@!") || strings.HasPrefix(inner, "!date^") {
				_, label, _ := strings.Cut(inner, "|")
				return label
			}
			v.calls = append(v.calls, found)
			return "@" + inner[1:]
		})
		text = strings.ReplaceAll(strings.ReplaceAll(text, "```\n", ""), "```", "")
		text = strings.ReplaceAll(text, "*", "")
	}
	v.lines = append(v.lines, unescape.Replace(text))
}

func (v *view) attachments(text string) {
	if text == "" {
		return
	}
	var attachments []struct {
		Colour   string `json:"color"` //nolint:misspell // Slack's name
		Fallback string
		Blocks   json.RawMessage
	}
	if err := json.Unmarshal([]byte(text), &attachments); err != nil {
		v.problem("attachments: %v", err)
		return
	}
	for i, a := range attachments {
		if a.Fallback == "" {
			v.problem("attachments/%d: telephones show no preview of it", i)
		}
		v.colour = a.Colour
		v.blocks(string(a.Blocks), fmt.Sprintf("attachments/%d/blocks", i))
	}
}

func (v *view) blocks(text, where string) {
	if text == "" {
		return
	}
	var blocks []block
	if err := json.Unmarshal([]byte(text), &blocks); err != nil {
		v.problem("%s: %v", where, err)
		return
	}
	if len(blocks) > 50 {
		v.problem("%s: no more than 50 items allowed", where)
	}
	for i := range blocks {
		v.block(&blocks[i], fmt.Sprintf("%s/%d", where, i))
	}
}

func (v *view) block(b *block, where string) {
	switch b.Type {
	case "header":
		v.object(b.Text, where, 150, "plain_text")
	case "section":
		if b.Text == nil && len(b.Fields) == 0 {
			v.problem("%s: missing required field: text", where)
		}
		if len(b.Fields) > 10 {
			v.problem("%s: no more than 10 fields", where)
		}
		if b.Text != nil {
			v.object(b.Text, where, 3000, "plain_text", "mrkdwn")
		}
		for i := range b.Fields {
			v.object(&b.Fields[i], where, 2000, "plain_text", "mrkdwn")
		}
	case "context":
		v.context(b, where)
	case "actions":
		v.actions(b, where)
	case "divider":
	default:
		v.problem("%s: unsupported type: %s", where, b.Type)
	}
}

func (v *view) context(b *block, where string) {
	if len(b.Elements) == 0 || len(b.Elements) > 10 {
		v.problem("%s: 1 to 10 elements", where)
	}
	for _, raw := range b.Elements {
		var o textObject
		if err := json.Unmarshal(raw, &o); err != nil {
			v.problem("%s: %v", where, err)
			continue
		}
		v.object(&o, where, 3000, "plain_text", "mrkdwn")
	}
}

func (v *view) actions(b *block, where string) {
	if len(b.Elements) == 0 || len(b.Elements) > 25 {
		v.problem("%s: 1 to 25 elements", where)
	}
	seen := map[string]bool{}
	for _, raw := range b.Elements {
		var e element
		var label textObject
		if err := json.Unmarshal(raw, &e); err != nil || e.Type != "button" || json.Unmarshal(e.Text, &label) != nil {
			v.problem("%s: no button: %s", where, raw)
			continue
		}
		if label.Type != "plain_text" || label.Text == "" || utf8.RuneCountInString(label.Text) > 75 || len(e.Value) > 2000 || len(e.URL) > 3000 {
			v.problem("%s: button too long or without text", where)
		}
		if seen[e.ActionID] {
			v.problem("%s: action_id %q is not unique", where, e.ActionID)
		}
		seen[e.ActionID] = true
		v.buttons = append(v.buttons, Button{ActionID: e.ActionID, Value: e.Value, Text: label.Text, URL: e.URL})
	}
}

// object reads a text object of one of these types.
func (v *view) object(o *textObject, where string, most int, types ...string) {
	switch {
	case o == nil || o.Text == "":
		v.problem("%s: must be more than 0 characters", where)
	case utf8.RuneCountInString(o.Text) > most:
		v.problem("%s: must be less than %d characters", where, most+1)
	case !strings.Contains(" "+strings.Join(types, " ")+" ", " "+o.Type+" "):
		v.problem("%s: unsupported type: %s", where, o.Type)
	default:
		v.text(o.Text, o.Type == "mrkdwn")
	}
}

func (v *view) problem(format string, args ...any) {
	v.problems = append(v.problems, fmt.Sprintf("[ERROR] "+format, args...))
}
