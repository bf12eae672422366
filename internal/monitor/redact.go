package monitor

import (
	"cmp"
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// MinSecretBytes is the least that a secret may be long which code is to see:
// what is shorter turns up in texts that have nothing to do with it, and taking it
// out would garble them.
const MinSecretBytes = 6

// Redactor takes the values of secrets out of texts. The zero value takes out
// nothing.
type Redactor struct {
	// forms are the values as they may turn up, longest first.
	forms []string
}

// NewRedactor makes a redactor for secrets, as they are and as JSON, quotes and
// URLs write them. Secrets under [MinSecretBytes] are left out.
func NewRedactor(secrets ...Secret) Redactor {
	var forms []string
	for _, secret := range secrets {
		for _, part := range partsOf(secret.value) {
			forms = append(forms, part, inJSON(part, true), inJSON(part, false), inQuotes(part), url.QueryEscape(part), url.PathEscape(part))
		}
	}
	slices.SortFunc(forms, func(a, b string) int {
		return cmp.Or(len(b)-len(a), strings.Compare(a, b))
	})
	return Redactor{slices.Compact(forms)}
}

// partsOf are the value and, of one with several lines, such as a key, each line:
// error messages quote single lines.
func partsOf(value string) []string {
	var parts []string
	for _, part := range append([]string{value}, strings.Split(value, "\n")...) {
		if part = strings.TrimSpace(part); len(part) >= MinSecretBytes {
			parts = append(parts, part)
		}
	}
	return parts
}

// inJSON is how the text stands between the quotes of JSON. Some writers of JSON
// escape what means something in HTML, too.
func inJSON(text string, escapeHTML bool) string {
	var out strings.Builder
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(escapeHTML)
	if err := encoder.Encode(text); err != nil {
		return text // a text always has a form
	}
	return strings.TrimSuffix(strings.TrimPrefix(out.String(), `"`), "\"\n")
}

func inQuotes(text string) string {
	quoted := strconv.Quote(text)
	return quoted[1 : len(quoted)-1]
}

// Text gives the text without the secrets.
func (r Redactor) Text(text string) string {
	for _, form := range r.forms {
		text = strings.ReplaceAll(text, form, redacted)
	}
	return text
}

// Beginning gives the beginning of a text that was cut, without the secrets and
// without what may be half of one at its end.
func (r Redactor) Beginning(text string) string {
	text = r.Text(text)
	end := len(text)
	for _, form := range r.forms {
		for n := min(len(form)-1, len(text)); n > len(text)-end; n-- {
			if strings.HasSuffix(text, form[:n]) {
				end = len(text) - n
			}
		}
	}
	return text[:end]
}

// holds tells whether there is a secret in the text.
func (r Redactor) holds(text string) bool {
	return slices.ContainsFunc(r.forms, func(form string) bool { return strings.Contains(text, form) })
}

// Failure gives the failure without the secrets: nil for nil.
func (r Redactor) Failure(f *Failure) *Failure {
	if f == nil || len(r.forms) == 0 {
		return f
	}
	clean := *f
	clean.Message, clean.Traceback = r.Text(f.Message), r.Text(f.Traceback)
	return &clean
}

// Data gives JSON text without the secrets: still JSON, also where a number is
// made of a secret's digits.
func (r Redactor) Data(data Data) Data {
	if !r.holds(string(data)) {
		return data
	}
	var out strings.Builder
	for text := string(data); text != ""; {
		token := jsonToken(text)
		text = text[len(token):]
		out.WriteString(r.token(token))
	}
	return Data(out.String())
}

// token cleans one string or number of a JSON text. A string is taken apart
// first: what begins in the middle of an escape must not be replaced.
func (r Redactor) token(token string) string {
	text, isText := unquote(token)
	switch {
	case isText && r.holds(text):
		return `"` + inJSON(r.Text(text), false) + `"`
	case !isText && r.holds(token):
		return `"` + redacted + `"`
	}
	return token
}

// jsonToken is the string or number with which a JSON text begins, or else what
// is before the next one.
func jsonToken(text string) string {
	isNumber := func(c byte) bool { return strings.IndexByte("+-.0123456789eE", c) >= 0 }
	i := 1
	switch {
	case text[0] == '"':
		for i < len(text) && text[i] != '"' {
			if text[i] == '\\' {
				i++
			}
			i++
		}
		return text[:min(i+1, len(text))]
	case startsNumber(text[0]):
		for i < len(text) && isNumber(text[i]) {
			i++
		}
	default:
		for i < len(text) && text[i] != '"' && !startsNumber(text[i]) {
			i++
		}
	}
	return text[:i]
}
