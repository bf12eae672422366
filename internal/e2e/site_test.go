package e2e

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/e2e/process"
	"github.com/vedettehq/vedette/internal/testenv"
)

// patience is how long anything may take on a busy machine before it counts as
// not happening.
const patience = 60 * time.Second

// bothStores are the kinds of application databases.
var bothStores = []string{"sqlite", "postgres"}

// site is a place where the platform is installed: a working directory with a
// configuration and monitors, an application database, an address to serve on.
type site struct {
	dir string
	// database is the address of the application database.
	database string
	address  string
	env      []string
	// token is that of who asks the API; empty: nobody in particular.
	token string
	// settings are the configuration, YAML by top-level key.
	settings map[string]string
}

// newSite installs the platform with an empty store, and with everything that
// happens at intervals happening often.
func newSite(t *testing.T, store string) *site {
	t.Helper()
	s := &site{dir: t.TempDir()}
	s.database = "sqlite://" + filepath.Join(s.dir, "vedette.db")
	if store == "postgres" {
		// The template is prepared by a binary, which there has to be.
		binary(t)
		s.database = migrated.Postgres(t)
	}
	s.settle(t)
	return s
}

// migrated is an application database with the schema.
var migrated = testenv.Template{Prepare: func(ctx context.Context, address string) error {
	p, err := process.Start(process.Config{Binary: built.path, Args: []string{"migrate", "up"}, Dir: built.dir, Env: []string{"DATABASE_APPLICATION=" + address}})
	if err != nil {
		return err
	}
	status, err := p.Wait(ctx)
	if err == nil && status != 0 {
		err = errors.New(p.Log())
	}
	return err
}}

// beside installs a second place for the same application database, with the same
// monitors and the same leases.
func (s *site) beside(t *testing.T) *site {
	t.Helper()
	second := &site{dir: t.TempDir(), database: s.database, env: s.env}
	second.settle(t)
	second.settings["monitors"] = fmt.Sprintf("{path: %q}", filepath.Join(s.dir, "monitors"))
	second.settings["executor"] = s.settings["executor"]
	second.configure(t)
	return second
}

func (s *site) settle(t *testing.T) {
	t.Helper()
	var err error
	s.address, err = process.FreeAddress(t.Context())
	require.NoError(t, err)
	s.settings = map[string]string{
		"http_server": fmt.Sprintf("{address: %q}", s.address),
		"monitors":    "{path: ./monitors}",
		"controller":  `{tick: 50ms, procedures: {executions_lost: {schedule: "* * * * * *"}}}`,
		// On a busy machine a process may stand still for a while, and is not to lose its lease by that.
		"executor": "{heartbeat: 2s}",
		"logging":  "{mode: json}",
	}
	require.NoError(t, os.Mkdir(filepath.Join(s.dir, "monitors"), 0o700))
	s.configure(t)
}

// configure writes the configuration file.
func (s *site) configure(t *testing.T) {
	t.Helper()
	var text strings.Builder
	for _, key := range slices.Sorted(maps.Keys(s.settings)) {
		fmt.Fprintf(&text, "%s: %s\n", key, s.settings[key])
	}
	s.write(t, "configs.yaml", text.String())
}

// write writes a file below the working directory.
func (s *site) write(t *testing.T, name, text string) {
	t.Helper()
	path := filepath.Join(s.dir, name)
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o700))
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
}

// monitor writes a monitor's code. A running process sees one that is whole: the
// file is moved into its place.
func (s *site) monitor(t *testing.T, name, code string) {
	t.Helper()
	folder := filepath.Join("monitors", name)
	s.write(t, filepath.Join(folder, ".monitor.star.new"), code)
	require.NoError(t, os.Rename(filepath.Join(s.dir, folder, ".monitor.star.new"), filepath.Join(s.dir, folder, "monitor.star")))
}

// launch starts the binary, which ends with the test.
func (s *site) launch(t *testing.T, args ...string) *process.Process {
	t.Helper()
	p, err := process.Start(process.Config{
		Binary:  binary(t),
		Args:    args,
		Dir:     s.dir,
		Env:     append([]string{"DATABASE_APPLICATION=" + s.database}, s.env...),
		Address: s.address,
	})
	require.NoError(t, err)
	t.Cleanup(func() {
		require.NoError(t, p.Kill())
		if t.Failed() {
			t.Logf("vedette %s wrote:\n%s", strings.Join(args, " "), process.Tail(p.Log(), 40))
		}
	})
	return p
}

// run starts controller and executor and waits until they are ready.
func (s *site) run(t *testing.T) *process.Process {
	t.Helper()
	p := s.launch(t, "run")
	require.NoError(t, p.Ready(limited(t, patience)))
	return p
}

// once runs a command to its end, which has to be a good one, and returns what
// it wrote.
func (s *site) once(t *testing.T, args ...string) string {
	t.Helper()
	p := s.launch(t, args...)
	status, err := p.Wait(limited(t, patience))
	require.NoError(t, err)
	require.Zero(t, status, p.Log())
	return p.Log()
}

// stop stops a process in order.
func stop(t *testing.T, p *process.Process) {
	t.Helper()
	require.NoError(t, p.Stop(limited(t, patience)))
}

// limited is the test's context with a limit.
func limited(t *testing.T, limit time.Duration) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeoutCause(t.Context(), limit, errors.New("it did not happen within "+limit.String()))
	t.Cleanup(cancel)
	return ctx
}

// eventually waits until a condition holds, which says what it is waiting for
// when it does not.
func eventually(t *testing.T, holds func() (ok bool, otherwise string)) {
	t.Helper()
	within(t, patience, holds)
}

// within is eventually for what may take its time.
func within(t *testing.T, limit time.Duration, holds func() (ok bool, otherwise string)) {
	t.Helper()
	ctx := limited(t, limit)
	for {
		ok, otherwise := holds()
		if ok {
			return
		}
		select {
		case <-ctx.Done():
			require.FailNow(t, "not within "+limit.String(), otherwise)
		case <-time.After(20 * time.Millisecond):
		}
	}
}
