package httpapi

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestBody_NamesTheFieldBesideFiles(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	got := w.send("PUT", "/api/v1/monitors/a", `{"files": {"monitor.star": "x", "a[1].sql": "y", "b.sql": 7}, "mesage": "no"}`)
	require.Equal(t, 422, got.status)
	var problem struct {
		Errors []struct{ Location, Message string }
	}
	require.NoError(t, json.Unmarshal([]byte(got.body), &problem))
	require.ElementsMatch(t, []struct{ Location, Message string }{
		{"body.mesage", "unexpected property"}, {"body.files.b.sql", "expected string"},
	}, problem.Errors)
}

func TestBody_RefusesAKeyThatStandsTwice(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for body, key := range map[string]string{
		`{"comment": "a", "comment": "a"}`:          "comment",
		`{"comment": "a", "c\u006fmment": "b"}`:     "comment",
		`{"comment": {"x": [{"y": 1, "y": null}]}}`: "y",
	} {
		got := w.send("POST", "/api/v1/alerts/1/acknowledge", body)
		require.Equal(t, 400, got.status, body)
		require.Contains(t, got.body, `the key \"`+key+`\" stands twice`, body)
	}
}

func TestCheckKeys_TakesWhatOnlyLooksLikeIt(t *testing.T) {
	t.Parallel()
	for _, body := range []string{
		`{"a": "a", "b": "a"}`, `{"a": {"a": 1}, "b": {"a": 1}}`, `[{"a": 1}, {"a": 1}]`, `["a", "a"]`, `{"a": ["a", "a", {"a": "a"}], "b": null}`,
		`"a"`, `1`, `{}`, `[]`, `{"a": 1, "a`, `}`, ``, `{"a": 1} {"a": 1}`, `{"a": true, "b": false, "A": 1}`,
	} {
		require.NoError(t, checkKeys([]byte(body)), body)
	}
}

func TestOnce_RefusesParametersThatAreGivenTwice(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	got := w.send("GET", "/api/v1/alerts?status=active&status=solved", "")
	require.Equal(t, 422, got.status)
	require.Contains(t, got.body, `"location":"query.status"`)
	require.Contains(t, got.body, "several times")
	require.Equal(t, 200, w.send("GET", "/api/v1/alerts?priority=1&priority=2&label=a:b&label=c:d", "").status)
	require.Contains(t, w.send("GET", "/api/v1/alerts?colour=red&colour=blue", "").body, "unknown query parameter")
}
