package config

import (
	"reflect"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
)

func TestLoad_ReadsEveryKindOfValue(t *testing.T) {
	t.Parallel()
	config, err := load(t, `
time_zone: Europe/Berlin
monitors:
  path: /srv/monitors
  settings:
    billing_url: "https://billing/<x>"
    limit: 7.50
    days: [1, 2, {a: null, b: true}]
controller: {tick: 250ms, procedures: {clean_old_events: {keep: 90d12h}}}
executor:
  max_memory: 64MiB
  max_steps: 1_000_000
save_events: off
databases:
  pools: {shop: {max_size: 2}, other: {}}
http_server:
  dashboard: false
logging:
`, "DATABASE_SHOP=sqlite://shop.db", "DATABASE_OTHER=sqlite://other.db")
	require.NoError(t, err)

	require.Equal(t, "Europe/Berlin", config.TimeZone.String())
	require.Equal(t, "/srv/monitors", config.Monitors.Path)
	require.Equal(t, map[string]monitor.Data{
		"billing_url": `"https://billing/<x>"`,
		"limit":       `7.5`,
		"days":        `[1,2,{"a":null,"b":true}]`,
	}, config.Monitors.Settings)
	require.Equal(t, 250*time.Millisecond, config.Controller.Tick)
	require.Equal(t, 90*day+12*time.Hour, config.Controller.Procedures.CleanOldEvents.Keep)
	require.Equal(t, 64*mebibyte, config.Executor.MaxMemory)
	require.EqualValues(t, 1_000_000, config.Executor.MaxSteps)
	require.Equal(t, "off", config.SaveEvents)
	require.Equal(t, Pool{MaxSize: 2}, config.Databases.Pool("shop"))
	require.Equal(t, defaultPool(), config.Databases.Pool("other"), "what is left out keeps its default")
	require.False(t, config.HTTPServer.Dashboard)
	require.Equal(t, Default().Logging, config.Logging, "nothing below a key is nothing said")
	require.Empty(t, config.Warnings)
}

func TestLoad_TellsEveryProblemAtItsPlace(t *testing.T) {
	t.Parallel()
	require.Equal(t, []string{
		`configs.yaml:1:1: unknown key "time_zon" (did you mean "time_zone"?)`,
		`configs.yaml:2:12: time_zone: "Europe/Paros" is no time zone: write it as Europe/Berlin`,
		`configs.yaml:4:9: controller.tick: "1" is no duration: write it as 30s, 5m, 12h or 365d`,
		`configs.yaml:5:10: controller.batch: must be at least 1`,
		`configs.yaml:6:3: unknown key "controller.procedure" (did you mean "procedures"?)`,
		`configs.yaml:8:16: executor.concurrency: expected a whole number, not "10"`,
		`configs.yaml:9:15: executor.max_memory: "lots" is no size: write it as 128MiB`,
		`configs.yaml:10:14: executor.heartbeat: must be at most 1h`,
		`configs.yaml:11:14: save_events: "some" is not understood: one of all, monitor, off`,
		`configs.yaml:13:12: http_server.address: "localhost" is no address: write it as 127.0.0.1:8000`,
		`configs.yaml:14:14: http_server.dashboard: expected true or false, not "maybe"`,
		`configs.yaml:15:9: http_server.auth: expected one value, not a list`,
		`configs.yaml:16:10: logging: expected keys with values below it, not "debug"`,
		`configs.yaml:18:3: databases.pools: "Shop" is no name: only a-z, 0-9 and _`,
		`configs.yaml:19:22: max_issues_creation: has no value: give it one, or leave the key out`,
	}, problems(t, `time_zon: UTC
time_zone: Europe/Paros
controller:
  tick: 1
  batch: 0
  procedure: {}
executor:
  concurrency: "10"
  max_memory: lots
  heartbeat: 2h
save_events: some
http_server:
  address: localhost
  dashboard: maybe
  auth: [token]
logging: debug
databases: {pools: {
  Shop: {}}}
max_issues_creation: ~
`))
}

func TestLoad_RefusesWhatOtherVersionsKnow(t *testing.T) {
	t.Parallel()
	require.Equal(t, []string{
		`configs.yaml:2:12: monitors.internal_notifications is not available in this version`,
		`configs.yaml:3:1: tracing is not available in this version`,
	}, problems(t, `plugins: [sqs] # one that is there
monitors: {internal_notifications: [payments]}
tracing: {endpoint: ""}
`))
}

func TestLoad_RefusesCronsThatNeverCome(t *testing.T) {
	t.Parallel()
	found := problems(t, "controller: {procedures: {clean_old_events: {schedule: 0 0 30 2 *}}}\n")
	require.Len(t, found, 1)
	require.Contains(t, found[0], "configs.yaml:1:56: controller.procedures.clean_old_events.schedule: ")
}

func TestLoad_RefusesYAMLThatIsNotPlain(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"anchor":             "save_events: &x all\n",
		"tag":                "save_events: !!str all\n",
		"merge key":          "controller:\n  <<: {tick: 1s}\n",
		"second document":    "save_events: all\n---\nsave_events: off\n",
		"no mapping":         "- save_events\n",
		"key twice":          "save_events: all\nsave_events: off\n",
		"broken syntax":      "controller: {tick: 1s\n",
		"infinite setting":   "monitors: {settings: {x: .inf}}\n",
		"anchor in settings": "monitors: {settings: {x: &y 1}}\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			found := problems(t, text)
			require.Len(t, found, 1)
			require.Regexp(t, `^configs.yaml:\d+:\d+: .`, found[0])
		})
	}
}

func TestLoad_RefusesWhatIsNoText(t *testing.T) {
	t.Parallel()
	_, err := load(t, "save_events: \xff\n")
	require.ErrorContains(t, err, "is not UTF-8 text")
	_, err = load(t, "#"+string(make([]byte, maxFile)))
	require.ErrorContains(t, err, "is larger than")
}

func FuzzLoad_NeverPanics(f *testing.F) {
	f.Add("controller: {tick: 1s}\nmonitors: {settings: {x: [1, {y: ${HOME}}]}}\n")
	f.Add("databases: {pools: {shop: {max_size: 5}}}\n? x\n: y\n")
	f.Add("time_zone: |\n  UTC\nsave_events: *x\n<<: 3\n")
	f.Fuzz(func(t *testing.T, text string) {
		document, err := parseDocument(DefaultFile, []byte(text))
		if err != nil || document == nil {
			return
		}
		config := Default()
		d := &decoder{path: DefaultFile}
		d.mapping(document, "", reflect.ValueOf(&config).Elem())
		require.NotNil(t, config.TimeZone)
	})
}
