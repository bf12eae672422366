package config

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
)

func TestPrint_IsReadBackAsTheSame(t *testing.T) {
	t.Parallel()
	config := Default()
	config.Monitors.Path = "it's: #1 ${HOME}\n\t\"x\""
	config.Monitors.Settings = map[string]monitor.Data{"a b": `{"x":[1,"${Y} #"]}`, "on": `true`}
	config.Executor.MonitorTimeout = 90*time.Minute + time.Second
	config.Executor.MaxMemory = 3*mebibyte + 1
	config.Databases.Pools = map[string]Pool{"shop": {MaxSize: 7}}
	config.Databases.Addresses["shop"] = monitor.NewSecret("sqlite://hunter2")
	config.HTTPClient.Allow = []string{"*.example.com", "10.0.0.7:8080"}
	config.HTTPClient.Auth = map[string]HTTPAuth{"a": {Type: "basic", Username: "u #1", Password: monitor.NewSecret("[redacted]"), Hosts: []string{"a.example.com"}}}
	config.Secrets = Secrets{"SHOP_API_KEY": monitor.NewSecret("hunter2")}

	var out bytes.Buffer
	require.NoError(t, Print(&out, config))
	again, err := load(t, out.String(), "DATABASE_SHOP=sqlite://hunter2", "SHOP_API_KEY=hunter2")
	require.NoError(t, err, out.String())
	again.File = ""
	require.Equal(t, config, again)
}

func TestPrint_ShowsNoSecret(t *testing.T) {
	t.Parallel()
	config := Default()
	config.ApplicationDatabase.Address = monitor.NewSecret("postgres://u:hunter2@db/app")
	config.Databases.Addresses["shop"] = monitor.NewSecret("postgres://u:hunter2@db/shop")
	config.HTTPClient.Auth["a"] = HTTPAuth{Type: "bearer", Token: monitor.NewSecret("hunter2")}
	config.HTTPClient.Auth["b"] = HTTPAuth{Type: "header", Name: "X-Key", Value: monitor.NewSecret("hunter2")}
	config.Secrets["SHOP_API_KEY"] = monitor.NewSecret("hunter2")

	var out bytes.Buffer
	require.NoError(t, Print(&out, config))
	require.NotContains(t, out.String(), "hunter2")
	require.NotContains(t, fmt.Sprintf("%v %+v %#v", config, config, config), "hunter2")
	require.Contains(t, out.String(), "# DATABASE_SHOP: [redacted]\n")
	require.Contains(t, out.String(), "\nsecrets: [SHOP_API_KEY]\n")
}

func TestPrintDefaults_HasEveryKeyUnderItsComment(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	require.NoError(t, PrintDefaults(&out))
	config, err := load(t, out.String())
	require.NoError(t, err)
	config.File = ""
	require.Equal(t, Default(), config)
	require.Contains(t, out.String(), "\n  # How often it looks for monitors that are due.\n  tick: 1s\n")
}

func TestReference_HasEveryKeyWithItsDoc(t *testing.T) {
	t.Parallel()
	table := Reference()
	eachKey(reflect.ValueOf(Default()), "", func(k key, value reflect.Value) {
		require.NotEmpty(t, k.doc, k.path)
		require.Equal(t, 1, strings.Count(table, "| `"+k.path+"` |"), k.path)
		require.NoError(t, k.accepts(value), "the default of %s", k.path)
		for _, text := range []string{k.min, k.max} {
			if text != "" {
				require.NotPanics(t, func() { bound(text, value.Type()) }, k.path)
			}
		}
	})
	require.Contains(t, table, "| `databases.pools.NAME.max_size` | `5` |")
}
