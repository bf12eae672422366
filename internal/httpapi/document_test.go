package httpapi

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/notify/notifytest"
	"github.com/vedettehq/vedette/internal/store"
	"github.com/vedettehq/vedette/internal/store/postgres"
	"github.com/vedettehq/vedette/internal/testenv"
)

// object is any JSON object.
type object = map[string]any

// document is the OpenAPI document that a server serves.
type document struct {
	testing.TB
	root object
}

func (w *world) document() document {
	w.Helper()
	got := w.send("GET", "/api/openapi.json", "")
	require.Equal(w, 200, got.status)
	d := document{TB: w.TB}
	require.NoError(w, json.Unmarshal([]byte(got.body), &d.root))
	return d
}

// at follows names into the document.
func (d document) at(names ...string) object {
	d.Helper()
	here := d.root
	for _, name := range names {
		next, ok := here[name].(object)
		require.True(d, ok, "the document has %v", names)
		here = next
	}
	return here
}

// matches requires that an answer is as the document says.
func (d document) matches(method, path string, got answer) {
	d.Helper()
	responses := d.at("paths", path, strings.ToLower(method), "responses")
	response, ok := responses[fmt.Sprint(got.status)].(object)
	require.True(d, ok, "%s %s may answer %d: %s", method, path, got.status, got.body)
	if got.status == http.StatusNoContent {
		require.NotContains(d, response, "content", "%s %s", method, path)
		require.Empty(d, got.body)
		return
	}
	content := response["content"].(object)
	media, ok := content[got.header.Get("Content-Type")].(object)
	require.True(d, ok, "%s %s answers as %s", method, path, got.header.Get("Content-Type"))
	var value any
	require.NoError(d, json.Unmarshal([]byte(got.body), &value))
	require.Empty(d, d.differences("", media["schema"].(object), value), "%s %s: %s", method, path, got.body)
}

// differences tells where a value is not as a schema says, for as much of JSON
// Schema as the document uses.
func (d document) differences(where string, schema object, value any) []string {
	if ref, ok := schema["$ref"].(string); ok {
		return d.differences(where, d.at("components", "schemas", strings.TrimPrefix(ref, "#/components/schemas/")), value)
	}
	if choices, ok := schema["anyOf"].([]any); ok {
		for _, choice := range choices {
			if len(d.differences(where, choice.(object), value)) == 0 {
				return nil
			}
		}
		return []string{where + " is nothing of what it may be"}
	}
	if !isOfType(schema["type"], value) {
		return []string{fmt.Sprintf("%s is %T instead of %v", where, value, schema["type"])}
	}
	if enum, ok := schema["enum"].([]any); ok && value != nil && !slices.Contains(enum, value) {
		return []string{fmt.Sprintf("%s is %v, none of %v", where, value, enum)}
	}
	var found []string
	switch value := value.(type) {
	case object:
		found = d.objectDifferences(where, schema, value)
	case []any:
		for i, element := range value {
			found = append(found, d.differences(fmt.Sprintf("%s[%d]", where, i), schema["items"].(object), element)...)
		}
	case string:
		if schema["format"] == "date-time" && !regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$`).MatchString(value) {
			found = append(found, where+" is no time in UTC: "+value)
		}
	}
	return found
}

func (d document) objectDifferences(where string, schema object, value object) []string {
	var found []string
	properties, _ := schema["properties"].(object)
	required, _ := schema["required"].([]any)
	for _, name := range required {
		if _, ok := value[name.(string)]; !ok {
			found = append(found, fmt.Sprintf("%s lacks %s", where, name))
		}
	}
	for name, element := range value {
		inside := where + "." + name
		switch additional := schema["additionalProperties"].(type) {
		case bool:
			if _, ok := properties[name]; !ok && !additional {
				found = append(found, inside+" is not described")
			}
		case object:
			found = append(found, d.differences(inside, additional, element)...)
		}
		if property, ok := properties[name].(object); ok {
			found = append(found, d.differences(inside, property, element)...)
		}
	}
	return found
}

func isOfType(declared, value any) bool {
	if list, ok := declared.([]any); ok {
		return slices.ContainsFunc(list, func(one any) bool { return isOfType(one, value) })
	}
	switch declared {
	case nil:
		return true
	case "null":
		return value == nil
	case "object":
		_, ok := value.(object)
		return ok
	case "array":
		_, ok := value.([]any)
		return ok
	case "string":
		_, ok := value.(string)
		return ok
	case "boolean":
		_, ok := value.(bool)
		return ok
	case "integer":
		number, ok := value.(float64)
		return ok && number == float64(int64(number))
	default:
		_, ok := value.(float64)
		return ok && declared == "number"
	}
}

func TestDocument_MatchesWhatIsAnswered(t *testing.T) {
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		matchesWhatIsAnswered(t)
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		address := testenv.Postgres(t)
		matchesWhatIsAnswered(t, func(w *world) {
			opened, err := postgres.Open(t.Context(), monitor.NewSecret(address), store.Config{PoolSize: 4})
			require.NoError(t, err)
			w.use(opened)
		})
	})
}

func matchesWhatIsAnswered(t *testing.T, changes ...func(*world)) {
	t.Helper()
	w := newWorld(t, append(changes, func(w *world) {
		w.deps.Problems = func() map[string]monitor.Diagnostics {
			return map[string]monitor.Diagnostics{"orders": {{File: "monitor.star", Message: "no", Severity: monitor.SeverityError}}}
		}
		w.deps.Checks = []Check{{Name: "database", Do: w.store.Ping}}
		withChats(&notifytest.Chat{Name: "chat:a"}, &notifytest.Chat{Name: "chat:b"})(w)
	})...)
	declaration := w.register("orders", unsolvable, reacting)
	w.find("orders", declaration, "1", "2", "3")
	w.run("orders", declaration, func(o *monitor.Outcome) {
		o.Report.Routines[0].Error = &monitor.Failure{Kind: monitor.FailureCode, Message: "no"}
		o.Report.Log = []monitor.LogEntry{{At: w.store.Now(), Level: monitor.LogInfo, Message: "x"}, {At: w.store.Now(), Level: monitor.LogInfo, Message: "x", Fields: `{}`}}
	})
	w.register("other")
	d := w.document()
	require.Equal(t, "3.1.0", d.root["openapi"])

	alert := fmt.Sprint(w.onlyAlert(client.AlertFilter{}).ID)
	seen := map[string]bool{}
	registrationMatches(w, d, seen)
	for _, call := range []struct{ method, path, arguments, body string }{
		{"GET", "/status", "", ""},
		{"GET", "/api/v1/monitors", "?limit=1", ""},
		{"GET", "/api/v1/monitors", "?limit=0", ""},
		{"GET", "/api/v1/monitors/{name}", "orders", ""},
		{"GET", "/api/v1/monitors/{name}", "other", ""},
		{"GET", "/api/v1/monitors/{name}", "gone", ""},
		{"GET", "/api/v1/alerts", "", ""},
		{"GET", "/api/v1/alerts/{id}", alert, ""},
		{"GET", "/api/v1/alerts/{id}", "99", ""},
		{"POST", "/api/v1/alerts/{id}/acknowledge", alert, `{"comment":"x"}`},
		{"POST", "/api/v1/alerts/{id}/lock", alert, `{}`},
		{"POST", "/api/v1/alerts/{id}/unlock", alert, ""},
		{"GET", "/api/v1/issues", "?limit=1", ""},
		{"GET", "/api/v1/issues/{id}", "1", ""},
		{"POST", "/api/v1/issues/{id}/drop", "1", ""},
		{"POST", "/api/v1/issues/{id}/drop", "1", ""},
		{"POST", "/api/v1/alerts/{id}/solve", alert, ""},
		{"GET", "/api/v1/alerts/{id}", alert, ""},
		{"GET", "/api/v1/issues", "?status=solved", ""},
		{"GET", "/api/v1/executions", "", ""},
		{"GET", "/api/v1/executions/{id}", "1", ""},
		{"GET", "/api/v1/executions/{id}", "2", ""},
		{"GET", "/api/v1/events", "", ""},
		{"GET", "/api/v1/deliveries", "?status=open", ""},
		{"POST", "/api/v1/deliveries/redeliver", "", `{"all":true}`},
		{"POST", "/api/v1/deliveries/redeliver", "", `{"event_ids":[1]}`},
		{"GET", "/api/v1/receivers", "", ""},
		{"POST", "/api/v1/receivers/{name}/test", "ops", ""},
		{"POST", "/api/v1/receivers/{name}/test", "gone", ""},
		{"POST", "/api/v1/notifications/resend", "", `{"monitor":"orders"}`},
		{"POST", "/api/v1/notifications/resend", "", ""},
		{"GET", "/api/v1/notifications", "?dead=false", ""},
		{"POST", "/api/v1/silences", "", `{"monitor":"orders","labels":{},"priority":4,"for":"2h","comment":"deploy"}`},
		{"POST", "/api/v1/silences", "", `{"everything":true,"every":"0 2 * * *","for":"1h","comment":"maintenance"}`},
		{"POST", "/api/v1/silences", "", `{"for":"2h","comment":"deploy"}`},
		{"GET", "/api/v1/silences", "?active=true", ""},
		{"GET", "/api/v1/silences/{id}", "1", ""},
		{"GET", "/api/v1/silences/{id}", "99", ""},
		{"POST", "/api/v1/silences/{id}/expire", "2", `{"comment":"no more"}`},
		{"POST", "/api/v1/silences/{id}/expire", "2", ""},
		{"GET", "/api/v1/silences", "?expired=true", ""},
		{"GET", "/api/v1/activity", "", ""},
		{"GET", "/api/v1/activity", "?monitor=nobody", ""},
		{"GET", "/api/v1/activity", "?from=2999-01-01T00:00:00Z", ""},
		{"GET", "/api/v1/summary", "", ""},
		{"GET", "/api/v1/language", "", ""},
		{"GET", "/api/v1/monitor_template", "?name=late_orders", ""},
		{"GET", "/api/v1/monitor_template", "?name=Late", ""},
		{"GET", "/api/v1/databases", "", ""},
		{"GET", "/api/v1/databases/{name}/tables", "gone", ""},
		{"POST", "/api/v1/query", "", `{"database":"gone","sql":"select 1"}`},
		{"POST", "/api/v1/monitors/{name}/disable", "orders", ""},
		{"POST", "/api/v1/monitors/{name}/refresh", "orders", ""},
		{"POST", "/api/v1/monitors/{name}/enable", "orders", ""},
		{"POST", "/api/v1/monitors/{name}/refresh", "orders", `{"tasks":["search"]}`},
		{"POST", "/api/v1/monitors/{name}/refresh", "orders", `{"tasks":"search"}`},
		{"POST", "/api/v1/monitors/{name}/refresh", "orders", `{`},
	} {
		path := regexp.MustCompile(`\{\w+\}`).ReplaceAllLiteralString(call.path, call.arguments)
		if path == call.path {
			path += call.arguments
		}
		d.matches(call.method, call.path, w.send(call.method, path, call.body))
		seen[call.method+" "+call.path] = true
	}
	// A stream has no end, and other tests.
	seen["GET /api/v1/events/stream"] = true
	// The last, as from then on everything takes a token.
	accessMatches(w, d, seen)
	for path, methods := range d.at("paths") {
		for method := range methods.(object) {
			require.True(t, seen[strings.ToUpper(method)+" "+path], "%s %s is not tried here", method, path)
		}
	}
}
