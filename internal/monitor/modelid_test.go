package monitor_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
)

func TestModelID_R09(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]string{
		`"order 7"`:                           "order 7",
		`"7.00"`:                              "7.00",
		`""`:                                  "",
		`"a\u00e9\"b"`:                        `aé"b`,
		"7":                                   "7",
		"7.00":                                "7",
		"7e0":                                 "7",
		"1e2":                                 "100",
		"-7.0":                                "-7",
		"0":                                   "0",
		"-0":                                  "0",
		"-0.0":                                "0",
		"9007199254740993":                    "9007199254740993",
		"123456789012345678901.0":             "123456789012345678901",
		"1e+22":                               "10000000000000000000000",
		"0.5":                                 "0.5",
		"0.50":                                "0.5",
		"-12.250":                             "-12.25",
		"1.25e1":                              "12.5",
		"0.001":                               "0.001",
		"1e-6":                                "0.000001",
		"1e-7":                                "1e-7",
		"0.00000012":                          "1.2e-7",
		`"` + strings.Repeat("é", 1024) + `"`: strings.Repeat("é", 1024),
		"1e1023":                              "1" + strings.Repeat("0", 1023),
	} {
		id, err := monitor.ModelID(monitor.Data(`{"x":1,"id":`+value+`}`), "id")
		require.NoError(t, err, value)
		require.Equal(t, want, id)
	}
}

func TestModelID_R09_Refuses(t *testing.T) {
	t.Parallel()
	for data, want := range map[string]string{
		`{"x":1}`:           `it has no field "id", the model id`,
		`[1]`:               `it has no field "id", the model id`,
		`{"id":null}`:       `field "id", the model id, is None: only texts and numbers identify an issue`,
		`{"id":true}`:       "is a bool",
		`{"id":false}`:      "is a bool",
		`{"id":[1]}`:        "is a list",
		`{"id":{"a":1}}`:    "is a dict",
		`{"id":"a\u0000b"}`: "has the character U+0000 in it",
		`{"id":"` + strings.Repeat("é", 1025) + `"}`: "is over 1024 characters long",
		`{"id":1e1024}`:       "is over 1024 characters long",
		`{"id":-1e1023}`:      "is over 1024 characters long",
		`{"id":1e999999999}`:  "is over 1024 characters long",
		`{"id":1e9999999999}`: "is no number that can be written out",
		`{"id":"\x"}`:         "is no well-formed text",
	} {
		_, err := monitor.ModelID(monitor.Data(data), "id")
		require.ErrorContains(t, err, want, data)
	}
}
