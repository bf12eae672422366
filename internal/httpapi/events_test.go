package httpapi

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
)

func TestEvents_Filters(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.find("orders", w.register("orders"), "7")
	w.find("payments", w.register("payments"), "1")
	alert := w.onlyAlert(client.AlertFilter{Monitor: "orders"})

	for _, test := range []struct {
		filter client.EventFilter
		want   []string
	}{
		{client.EventFilter{Monitor: "orders", Source: "issue"}, []string{"issue_linked", "issue_created"}},
		{client.EventFilter{Monitor: "orders", Name: "issue_created"}, []string{"issue_created"}},
		{client.EventFilter{Source: "alert", SourceID: alert.ID, Name: "alert_created"}, []string{"alert_created"}},
		{client.EventFilter{Monitor: "gone"}, []string{}},
	} {
		page, err := w.client.Events(t.Context(), test.filter, client.Paging{})
		require.NoError(t, err)
		names := []string{}
		for _, event := range page.Items {
			names = append(names, event.EventName)
		}
		require.Equal(t, test.want, names, "%+v", test.filter)
	}
	_, err := w.client.Events(t.Context(), client.EventFilter{Name: "issue_crated"}, client.Paging{})
	w.code(monitor.CodeInvalid, "there is no event", err)
	_, err = w.client.Events(t.Context(), client.EventFilter{Source: "cat"}, client.Paging{})
	w.code(monitor.CodeInvalid, "event_source", err)
}
