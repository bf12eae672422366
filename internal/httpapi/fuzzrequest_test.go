package httpapi

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func discardLogger() *slog.Logger { return slog.New(slog.DiscardHandler) }

// fuzzRequest is a request that was made up.
type fuzzRequest struct {
	method, address, body string
	header                http.Header
	// strayed is set if it may not reach the operation it was made for.
	strayed bool
}

func (r fuzzRequest) String() string {
	return fmt.Sprintf("%s %.300q %.300v %.500q", r.method, r.address, r.header, r.body)
}

// Texts that break what is careless.
var nasty = []string{
	"", " ", "..", "../../etc/passwd", "a/b", "%2F", "' or 1=1 --", "\x00", "\xff\xfe", "\u202eüñ😀", "\r\nX-Evil: 1", "{{7*7}}",
	"<script>", "null", "-1", "1e999", strings.Repeat("a", 201), strings.Repeat("ü", 1500),
}

// sensible are values that mean something here.
var sensible = []string{"orders", "payments", "monitor.star", "search", "viewer", "1"}

// makeRequest makes a request for an operation up: mostly as described, often not.
func (f *fuzzer) makeRequest(rt *rapid.T, method, path string, described object) fuzzRequest {
	r := fuzzRequest{method: method, header: http.Header{"Authorization": {"Bearer " + adminSecret}}}
	query := url.Values{}
	parameters, _ := described["parameters"].([]any)
	for _, each := range parameters {
		parameter := each.(object)
		name, in := parameter["name"].(string), parameter["in"].(string)
		if in != "path" && rapid.IntRange(0, 2).Draw(rt, "leave out") > 0 {
			continue
		}
		value := fmt.Sprint(f.value(rt, parameter["schema"].(object), 1))
		switch in {
		case "path":
			r.strayed = r.strayed || value == "" || !utf8.ValidString(value) || strings.ContainsAny(value, "/.%\x00")
			path = strings.ReplaceAll(path, "{"+name+"}", url.PathEscape(value))
		case "query":
			query.Add(name, value)
		case "header":
			// What no client can send is not worth trying.
			if !strings.ContainsFunc(value, unicode.IsControl) {
				r.header.Set(name, value)
			}
		}
	}
	if rapid.IntRange(0, 30).Draw(rt, "unknown parameter") == 0 {
		query.Set(rapid.SampledFrom(nasty).Draw(rt, "parameter"), "x")
	}
	r.address = path
	if len(query) > 0 {
		r.address += "?" + query.Encode()
	}
	// The server itself answers what has too large an address.
	if len(r.address) > 24<<10 {
		r.address = path
	}
	f.makeBody(rt, &r, described)
	return r
}

func (f *fuzzer) makeBody(rt *rapid.T, r *fuzzRequest, described object) {
	content, ok := described["requestBody"].(object)
	if !ok {
		return
	}
	schema := content["content"].(object)["application/json"].(object)["schema"].(object)
	text, err := json.Marshal(f.value(rt, schema, 6))
	if err != nil {
		rt.Fatalf("encode the body: %v", err)
	}
	r.header.Set("Content-Type", "application/json")
	switch rapid.IntRange(0, 20).Draw(rt, "body") {
	case 0:
		text = text[:len(text)/2]
	case 1:
		text = nil
	case 2:
		text = slices.Concat(text[:len(text)/2], []byte{0xff, 0xfe, 0}, text[len(text)/2:])
	case 3:
		text = []byte(`{"comment":"` + strings.Repeat("x", maxBody) + `"}`)
	case 4:
		text = []byte(strings.Repeat("[", 20_000))
	case 5:
		r.header.Set("Content-Type", rapid.SampledFrom([]string{"text/plain", "application/xml", "x", "application/json; charset=latin1"}).Draw(rt, "content type"))
	case 6:
		text = append(text, text...)
	case 7:
		r.header.Del("Content-Type")
	}
	r.body = string(text)
}

// value makes a value up that a schema may or may not allow. hops is how many values
// within values there may be.
func (f *fuzzer) value(rt *rapid.T, schema object, hops int) any {
	if ref, ok := schema["$ref"].(string); ok {
		schema = f.document.at("components", "schemas", strings.TrimPrefix(ref, "#/components/schemas/"))
	}
	if rapid.IntRange(0, 12).Draw(rt, "wrong") == 0 || hops == 0 {
		return rapid.SampledFrom([]any{nil, true, 0, -1, 1.5, math.MaxInt64, "", "x", []any{}, []any{nil}, map[string]any{}, map[string]any{"x": 1}}).Draw(rt, "of a wrong kind")
	}
	if enum, ok := schema["enum"].([]any); ok {
		return rapid.SampledFrom(append(slices.Clone(enum), "other")).Draw(rt, "one of")
	}
	kind := schema["type"]
	if kinds, ok := kind.([]any); ok {
		kind = kinds[0]
	}
	switch kind {
	case "integer", "number":
		return rapid.SampledFrom([]any{1, 2, 3, 0, -1, 1000, 1001, 4711, schema["minimum"], schema["maximum"], math.MaxInt64, "9223372036854775808", 0.5}).Draw(rt, "number")
	case "boolean":
		return rapid.Bool().Draw(rt, "bool")
	case "array":
		items, _ := schema["items"].(object)
		list := []any{}
		for range rapid.IntRange(0, 3).Draw(rt, "length") {
			list = append(list, f.value(rt, items, hops-1))
		}
		return list
	case "object":
		return f.members(rt, schema, hops)
	default:
		return rapid.OneOf(rapid.SampledFrom(sensible), rapid.SampledFrom(sensible), rapid.SampledFrom(nasty), rapid.String()).Draw(rt, "text")
	}
}

func (f *fuzzer) members(rt *rapid.T, schema object, hops int) map[string]any {
	made := map[string]any{}
	properties, _ := schema["properties"].(object)
	required, _ := schema["required"].([]any)
	for _, name := range sortedNames(properties) {
		if slices.Contains(required, any(name)) || rapid.Bool().Draw(rt, "member") {
			made[name] = f.value(rt, properties[name].(object), hops-1)
		}
	}
	if additional, ok := schema["additionalProperties"].(object); ok {
		for range rapid.IntRange(0, 2).Draw(rt, "members") {
			made[rapid.OneOf(rapid.SampledFrom(sensible), rapid.SampledFrom(nasty)).Draw(rt, "name")] = f.value(rt, additional, hops-1)
		}
	}
	if rapid.IntRange(0, 20).Draw(rt, "unknown member") == 0 {
		made["unknown"] = 1
	}
	return made
}

func sortedNames(members object) []string {
	var names []string
	for name := range members {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
