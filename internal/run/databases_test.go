package run_test

import (
	"context"
	"errors"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/datasource"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/run"
)

// fakeSource remembers whether it was closed.
type fakeSource struct{ closed bool }

func (*fakeSource) Query(context.Context, monitor.Query) (monitor.Rows, error) {
	return monitor.Rows{`{"a":1}`}, nil
}
func (*fakeSource) Ping(context.Context) error { return nil }
func (s *fakeSource) Close() error             { s.closed = true; return nil }

func TestDatabases_AreOpenedWhenTheyAreNeeded(t *testing.T) {
	t.Parallel()
	opened := 0
	source := &fakeSource{}
	databases := run.NewDatabases(map[string]func() (datasource.Source, error){
		"shop":  func() (datasource.Source, error) { opened++; return source, nil },
		"other": func() (datasource.Source, error) { return nil, errors.New("not to be opened") },
	}, prometheus.NewRegistry())
	require.Zero(t, opened)

	for range 3 {
		rows, err := databases.Query(t.Context(), monitor.Query{Database: "shop"})
		require.NoError(t, err)
		require.Equal(t, monitor.Rows{`{"a":1}`}, rows)
	}
	require.Equal(t, 1, opened)

	require.NoError(t, databases.Close())
	require.True(t, source.closed)
	_, err := databases.Query(t.Context(), monitor.Query{Database: "shop"})
	require.ErrorContains(t, err, "stopping")
}

func TestDatabases_OneThatCannotBeOpenedIsTriedAgain(t *testing.T) {
	t.Parallel()
	broken := true
	databases := run.NewDatabases(map[string]func() (datasource.Source, error){
		"shop": func() (datasource.Source, error) {
			if broken {
				return nil, errors.New("no such file")
			}
			return &fakeSource{}, nil
		},
	}, prometheus.NewRegistry())
	_, err := databases.Query(t.Context(), monitor.Query{Database: "shop"})
	require.Equal(t, &monitor.Failure{Kind: monitor.FailureConnection, Message: `open database "shop": no such file`}, err)

	broken = false
	_, err = databases.Query(t.Context(), monitor.Query{Database: "shop"})
	require.NoError(t, err)
}

func TestDatabases_AnUnknownNameIsAFailureThatKnowsBetter(t *testing.T) {
	t.Parallel()
	open := func() (datasource.Source, error) { return &fakeSource{}, nil }
	tests := map[string]struct {
		configured []string
		message    string
	}{
		"near":    {[]string{"shop", "ledger"}, `there is no database "shpo" (did you mean "shop"?): there is ledger, shop`},
		"distant": {[]string{"ledger"}, `there is no database "shpo": there is ledger`},
		"none":    {nil, `there is no database "shpo": none is configured (DATABASE_<NAME> names one)`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			openers := map[string]func() (datasource.Source, error){}
			for _, name := range test.configured {
				openers[name] = open
			}
			_, err := run.NewDatabases(openers, prometheus.NewRegistry()).Query(t.Context(), monitor.Query{Database: "shpo"})
			require.Equal(t, &monitor.Failure{Kind: monitor.FailureQuery, Message: test.message}, err)
		})
	}
}
