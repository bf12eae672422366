package monitor_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
)

func TestRedactor_TakesSecretsOutOfTextsInWhateverForm(t *testing.T) {
	t.Parallel()
	const value = "pa ss\"w\\ö/rd&1"
	r := monitor.NewRedactor(monitor.NewSecret(value))
	encoded, err := json.Marshal(map[string]string{"key": "x" + value})
	require.NoError(t, err)
	for text, want := range map[string]string{
		value:                                    "[redacted]",
		"before " + value + " after":             "before [redacted] after",
		fmt.Sprintf("%q", []string{value}):       `["[redacted]"]`,
		"https://x/?k=" + url.QueryEscape(value): "https://x/?k=[redacted]",
		"https://x/" + url.PathEscape(value):     "https://x/[redacted]",
		"nothing of it":                          "nothing of it",
	} {
		require.Equal(t, want, r.Text(text))
	}
	require.Equal(t, monitor.Data(`{"key":"x[redacted]"}`), r.Data(monitor.Data(encoded)))
}

func TestRedactor_KnowsTheLinesOfAKey(t *testing.T) {
	t.Parallel()
	r := monitor.NewRedactor(monitor.NewSecret("-----BEGIN KEY-----\nMIIEvQIBADANBg\nabc\n"))
	require.Equal(t, "bad line [redacted]: abc", r.Text("bad line MIIEvQIBADANBg: abc"))
	require.Equal(t, monitor.Data(`["[redacted]"]`), r.Data(`["-----BEGIN KEY-----\nMIIEvQIBADANBg\nabc"]`))
}

func TestRedactor_TheLongerSecretGoesFirst(t *testing.T) {
	t.Parallel()
	r := monitor.NewRedactor(monitor.NewSecret("secret"), monitor.NewSecret("secret-and-more"))
	require.Equal(t, "[redacted] [redacted]", r.Text("secret-and-more secret"))
}

func TestRedactor_ABeginningEndsInNoHalfOfASecret(t *testing.T) {
	t.Parallel()
	r := monitor.NewRedactor(monitor.NewSecret("hunter2-42"), monitor.NewSecret("a\"b\"a\"b"))
	for text, want := range map[string]string{
		"no secret at all":      "no secret at all",
		"key=hunter2-42":        "key=[redacted]",
		"key=hunter2-42hunter2": "key=[redacted]",
		"key=hunter2-4":         "key=",
		"hunte":                 "",
		"x" + `a"b"a"ba"b`:      "x[redacted]",
		`{"k":"a\"b\"`:          `{"k":"`,
		"":                      "",
	} {
		require.Equal(t, want, r.Beginning(text), text)
	}
	require.Equal(t, "hunter", monitor.Redactor{}.Beginning("hunter"))
}

func TestRedactor_LeavesDataThatIsStillJSON(t *testing.T) {
	t.Parallel()
	r := monitor.NewRedactor(monitor.NewSecret("123456"), monitor.NewSecret("n12-ab"))
	for data, want := range map[monitor.Data]monitor.Data{
		`{"pin":123456,"n":-71234561.5e3,"t":"x123456","k":[1,true,null]}`: `{"pin":"[redacted]","n":"[redacted]","t":"x[redacted]","k":[1,true,null]}`,
		`{"123456":{"a":"b"}}`: `{"[redacted]":{"a":"b"}}`,
		`["\n12-ab"]`:          `["\n12-ab"]`,
		`["\\n12-ab","\"q"]`:   `["\\[redacted]","\"q"]`,
		`{"a":12345}`:          `{"a":12345}`,
	} {
		require.Equal(t, want, r.Data(data))
	}
}

func FuzzRedactor_DataStaysJSON(f *testing.F) {
	f.Add(`{"a":[1,"x\n12-ab",{"b":123456}]}`, "n12-ab")
	f.Add(`["\u0031\\\"",-1.5e10]`, "1.5e10")
	f.Fuzz(func(t *testing.T, text, secret string) {
		if !json.Valid([]byte(text)) {
			return
		}
		clean := monitor.NewRedactor(monitor.NewSecret(secret)).Data(monitor.Data(text))
		require.True(t, json.Valid([]byte(clean)), "%s", clean)
	})
}

func TestRedactor_CleansFailures(t *testing.T) {
	t.Parallel()
	r := monitor.NewRedactor(monitor.NewSecret("hunter2"))
	given := &monitor.Failure{Kind: monitor.FailureFail, Message: "no hunter2", Position: "monitor.star:1:2", Traceback: "hunter2\n"}
	require.Equal(t, &monitor.Failure{Kind: monitor.FailureFail, Message: "no [redacted]", Position: "monitor.star:1:2", Traceback: "[redacted]\n"}, r.Failure(given))
	require.Equal(t, "no hunter2", given.Message, "the code's own failure is not touched")
	require.Nil(t, r.Failure(nil))
}

func TestRedactor_WithoutSecretsChangesNothing(t *testing.T) {
	t.Parallel()
	for _, r := range []monitor.Redactor{{}, monitor.NewRedactor(), monitor.NewRedactor(monitor.NewSecret("short"), monitor.Secret{})} {
		require.Equal(t, "a short text", r.Text("a short text"))
		require.Equal(t, monitor.Data(`["short"]`), r.Data(`["short"]`))
	}
}
