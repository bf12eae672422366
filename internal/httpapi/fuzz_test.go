package httpapi

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// fuzzTime bounds the test: what it does not get to within that time, it does the
// next time, since each run draws anew. `go test -fuzz FuzzAPI` goes on for longer.
const fuzzTime = 15 * time.Second

// fuzzer sends requests that it makes up from the document.
type fuzzer struct {
	*world
	document document
	// operations are "method path", in order.
	operations []string
}

func newFuzzer(tb testing.TB) *fuzzer {
	tb.Helper()
	w := newWorld(tb, withAdmin, func(w *world) { w.deps.Logger = discardLogger() })
	w.find("orders", w.register("orders", unsolvable, reacting), "1", "2", "3")
	w.find("payments", w.register("payments"), "1")
	w.giveUp()
	f := &fuzzer{world: w, document: w.document()}
	for path, methods := range f.document.at("paths") {
		for method := range methods.(object) {
			// What has no end has other tests.
			if path != "/api/v1/events/stream" {
				f.operations = append(f.operations, strings.ToUpper(method)+" "+path)
			}
		}
	}
	slices.Sort(f.operations)
	return f
}

// TestAPI_AnswersWhateverIsSent holds whatever the document allows, and what it does
// not, against three things: the fault is never ours, what is refused is told as a
// problem, and every answer is as the document says.
func TestAPI_AnswersWhateverIsSent(t *testing.T) {
	t.Parallel()
	f := newFuzzer(t)
	end := time.Now().Add(fuzzTime)
	rapid.Check(t, func(rt *rapid.T) {
		for _, operation := range f.operations {
			if time.Now().Before(end) {
				f.try(rt, operation)
			}
		}
	})
}

func FuzzAPI(f *testing.F) {
	fuzzer := newFuzzer(f)
	f.Fuzz(rapid.MakeFuzz(func(rt *rapid.T) {
		fuzzer.try(rt, rapid.SampledFrom(fuzzer.operations).Draw(rt, "operation"))
	}))
}

// try sends one request to an operation.
func (f *fuzzer) try(rt *rapid.T, operation string) {
	method, path, _ := strings.Cut(operation, " ")
	described := f.document.at("paths", path, strings.ToLower(method))
	sent := f.makeRequest(rt, method, path, described)
	got, err := f.exchange(rt.Context(), sent)
	if err != nil {
		rt.Fatalf("%s: %v", sent, err)
	}
	if complaint := f.complaint(described, sent, got); complaint != "" {
		rt.Fatalf("%s\nanswers %d: %.1000s\n%s", sent, got.status, got.body, complaint)
	}
}

func (f *fuzzer) exchange(ctx context.Context, sent fuzzRequest) (answer, error) {
	request, err := http.NewRequestWithContext(ctx, sent.method, f.url+sent.address, strings.NewReader(sent.body))
	if err != nil {
		return answer{}, err
	}
	maps.Copy(request.Header, sent.header)
	response, err := f.http.Do(request)
	if err != nil {
		return answer{}, err
	}
	text, err := io.ReadAll(response.Body)
	if closing := response.Body.Close(); err == nil {
		err = closing
	}
	return answer{response.StatusCode, response.Header, string(text)}, err
}

// complaint is what is wrong with an answer; empty if nothing is.
func (f *fuzzer) complaint(described object, sent fuzzRequest, got answer) string {
	if got.status >= http.StatusInternalServerError {
		return "the fault is ours"
	}
	kind := got.header.Get("Content-Type")
	if got.status >= http.StatusBadRequest {
		var problem struct {
			Title, Detail string
			Status        int
		}
		if err := json.Unmarshal([]byte(got.body), &problem); err != nil || kind != "application/problem+json" {
			return fmt.Sprintf("that is no problem+json (%s): %v", kind, err)
		}
		if problem.Title == "" || problem.Detail == "" || problem.Status != got.status {
			return "the problem does not say what it is"
		}
	}
	if sent.strayed {
		return ""
	}
	response, ok := described["responses"].(object)[fmt.Sprint(got.status)].(object)
	if !ok {
		return "the document does not know this status here"
	}
	content, _ := response["content"].(object)
	if got.status == http.StatusNoContent {
		return ""
	}
	media, ok := content[kind].(object)
	if !ok {
		return "the document does not know this content type here: " + kind
	}
	var value any
	if err := json.Unmarshal([]byte(got.body), &value); err != nil {
		return err.Error()
	}
	return strings.Join(f.document.differences("", media["schema"].(object), value), "\n")
}

func TestFuzzer_Complains(t *testing.T) {
	t.Parallel()
	f := newFuzzer(t)
	list := f.document.at("paths", "/api/v1/alerts", "get")
	alerts := f.send("GET", "/api/v1/alerts", "", func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+adminSecret) })
	require.Empty(t, f.complaint(list, fuzzRequest{}, alerts))
	for complaint, got := range map[string]answer{
		"fault is ours":       {status: 500},
		"no problem+json":     {status: 404, body: "{}"},
		"not say what it is":  {status: 404, header: http.Header{"Content-Type": {"application/problem+json"}}, body: `{"title":"x","status":400,"detail":"x"}`},
		"not know this stat":  {status: 201, header: alerts.header, body: alerts.body},
		"not know this cont":  {status: 200, header: http.Header{"Content-Type": {"text/html"}}, body: alerts.body},
		"lacks next_cursor":   {status: 200, header: alerts.header, body: `{"items":[]}`},
		"items is string ins": {status: 200, header: alerts.header, body: `{"items":"x","next_cursor":null}`},
	} {
		require.Contains(t, f.complaint(list, fuzzRequest{}, got), complaint)
	}
}
