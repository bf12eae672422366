package shell

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
	"github.com/vedettehq/vedette/internal/script/lib"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// world is what a shell is tried on.
type world struct {
	*Shell
	out, messages bytes.Buffer
	// query answers statements; nil: with two orders.
	query func(ctx context.Context, q monitor.Query) (monitor.Rows, error)
	// ran are the commands that were run.
	ran []string
}

func newWorld(t *testing.T, changes ...func(*Config)) *world {
	t.Helper()
	w := &world{}
	config := Config{
		Databases: w,
		Commands:  w,
		NoOutside: "this is a test",
		Monitor: func(_ context.Context, name string) (Monitor, error) {
			if name != "orders" {
				return Monitor{}, errors.New("there is no monitor " + name)
			}
			return Monitor{Name: name, Files: monitor.Files{
				monitor.CodeFile: "monitor(search_cron = \"@daily\", model_id_key = \"id\", solvable = False)\ndef search():\n    return query(\"shop\", read_file(\"search.sql\"))\n",
				"search.sql":     "select * from orders",
			}}, nil
		},
		Compiler: script.NewCompiler(lib.All(), script.Config{}),
		Limits:   script.Limits{MaxMemory: 16 << 20},
		Place:    "a test",
		Format:   FormatTable,
		Out:      &w.out,
		Messages: &w.messages,
		Lookup:   func(string) (string, bool) { return "", false },
	}
	for _, change := range changes {
		change(&config)
	}
	w.Shell = New(config)
	return w
}

func (w *world) Query(ctx context.Context, q monitor.Query) (monitor.Rows, error) {
	if w.query != nil {
		return w.query(ctx, q)
	}
	return monitor.Rows{`{"id":1,"status":"paid"}`, `{"id":22,"status":"new"}`}, nil
}

func (*world) Databases(context.Context) ([]client.Database, error) {
	return []client.Database{{Name: "ledger", Kind: "postgres"}, {Name: "shop", Kind: "sqlite"}}, nil
}

func (*world) Tables(_ context.Context, database string) ([]client.Table, error) {
	if database != "shop" {
		return nil, &monitor.Failure{Kind: monitor.FailureQuery, Message: fmt.Sprintf("there is no database %q", database)}
	}
	return []client.Table{
		{Name: "orders", Reference: "orders", Kind: "table", Columns: []client.Column{{Name: "id", Type: "INTEGER"}, {Name: "status", Type: "TEXT", Nullable: true}}},
		{Name: "Odd One", Reference: `"Odd One"`, Kind: "view", Columns: []client.Column{{Name: "Total Sum", Type: "REAL"}}},
	}, nil
}

func (*world) List() []Command {
	return []Command{{"alert", "See alerts"}, {"monitor", "Write monitors"}, {"status", "Show what is going on"}}
}

func (w *world) Run(_ context.Context, words []string) error {
	w.ran = append(w.ran, strings.Join(words, "|"))
	if words[len(words)-1] == "broken" {
		return errors.New("it is broken")
	}
	if words[len(words)-1] == "told" {
		return ErrTold
	}
	return nil
}

func (*world) Complete(_ context.Context, words []string) []Candidate {
	return []Candidate{{Value: words[len(words)-1] + "-completed", Description: strings.Join(words, "|")}}
}

// runs requires that a script goes through, and gives what it wrote.
func (w *world) runs(t *testing.T, text string) string {
	t.Helper()
	w.out.Reset()
	require.NoError(t, w.Script(t.Context(), "stdin", strings.NewReader(text)))
	return w.out.String()
}

// fails requires that a script does not go through, and gives its error.
func (w *world) fails(t *testing.T, text string) string {
	t.Helper()
	err := w.Script(t.Context(), "stdin", strings.NewReader(text))
	require.Error(t, err)
	return err.Error()
}
