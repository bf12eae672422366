package lifecycle_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/lifecycle"
	"github.com/vedettehq/vedette/internal/monitor"
)

func TestAcceptSearch_WarnsOfFieldsThatNothingHas(t *testing.T) {
	t.Parallel()
	d := &monitor.Declaration{Options: monitor.Options{ModelIDKey: "id", Notifications: []monitor.Notification{
		{Receiver: "ops", IssuesFields: []string{"id", "state", "sate"}}, {Receiver: "chat"},
	}}}
	search := func(data ...monitor.Data) []string {
		var r monitor.Returned
		for _, one := range data {
			r.Entries = append(r.Entries, monitor.Entry{Data: one})
		}
		_, warnings := lifecycle.AcceptSearch(d, &monitor.Snapshot{}, r)
		return warnings
	}
	require.Equal(t, []string{`receiver("ops") is to show the field "sate" in issues_fields, which nothing has that search found: people see "-"`},
		search(`{"id":1}`, `{"id":2,"state":null}`), "some may lack one")
	require.Empty(t, search(), "nothing was found")
	require.Empty(t, search(`{"id":1,"state":"x","sate":"y"}`))
}
