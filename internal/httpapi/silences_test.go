package httpapi

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/client"
)

func (w *world) silence(request client.SilenceRequest) client.Silence {
	w.Helper()
	if request.Comment == "" {
		request.Comment = "deploy"
	}
	created, err := w.client.CreateSilence(w.Context(), request)
	require.NoError(w, err)
	return created
}

func TestSilences_FromTheFirstToTheLast(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.find("orders", w.register("orders"), "1")
	alert := w.onlyAlert(client.AlertFilter{})
	require.False(t, alert.Silenced)
	require.Empty(t, alert.Silences)

	created := w.silence(client.SilenceRequest{Monitor: "orders", Priority: 3, For: "2h"})
	require.Equal(t, "active", created.Status)
	require.Equal(t, 3, *created.Priority)
	require.Equal(t, 2*time.Hour, created.EndsAt.Sub(created.StartsAt))
	require.Equal(t, created.EndsAt, created.InForceUntil)
	require.Equal(t, "local", created.CreatedBy)
	read, err := w.client.Silence(t.Context(), created.ID)
	require.NoError(t, err)
	require.Equal(t, created, read)

	alert = w.onlyAlert(client.AlertFilter{})
	require.True(t, alert.Silenced)
	require.Equal(t, []int64{created.ID}, alert.Silences)
	for _, silenced := range []bool{true, false} {
		listed, err := w.client.Alerts(t.Context(), client.AlertFilter{Silenced: &silenced}, client.Paging{})
		require.NoError(t, err)
		require.Equal(t, silenced, len(listed.Items) == 1)
	}
	alert, err = w.client.Acknowledge(t.Context(), alert.ID, "")
	require.NoError(t, err)
	require.True(t, alert.Silenced, "an action tells, too")

	expired, err := w.client.ExpireSilence(t.Context(), created.ID, "done early")
	require.NoError(t, err)
	require.Equal(t, "expired", expired.Status)
	require.Equal(t, "local", expired.ExpiredBy)
	require.Equal(t, "done early", expired.ExpiredComment)
	read, err = w.client.Silence(t.Context(), created.ID)
	require.NoError(t, err)
	require.Equal(t, read, expired, "what is answered is what holds")
	require.Nil(t, expired.InForceUntil)
	require.False(t, w.onlyAlert(client.AlertFilter{}).Silenced)
	_, err = w.client.ExpireSilence(t.Context(), created.ID, "")
	require.ErrorContains(t, err, "is over already")
	_, err = w.client.Silence(t.Context(), created.ID+1)
	require.ErrorContains(t, err, "does not exist")
}

func (w *world) pageOfSilences(filter client.SilenceFilter) func(context.Context, client.Paging) (client.Page[client.Silence], error) {
	return func(ctx context.Context, p client.Paging) (client.Page[client.Silence], error) {
		return w.client.Silences(ctx, filter, p)
	}
}

func TestSilences_List(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.register("orders")
	over := w.silence(client.SilenceRequest{Everything: true, For: "1h"})
	_, err := w.client.ExpireSilence(t.Context(), over.ID, "")
	require.NoError(t, err)
	active := w.silence(client.SilenceRequest{Monitor: "orders", For: "1h"})
	later := time.Now().Add(time.Hour)
	pending := w.silence(client.SilenceRequest{Labels: map[string]string{"team": "shop"}, StartsAt: &later, For: "1h"})
	for _, c := range []struct {
		filter client.SilenceFilter
		want   []int64
	}{
		{client.SilenceFilter{}, []int64{pending.ID, active.ID}},
		{client.SilenceFilter{Expired: true}, []int64{pending.ID, active.ID, over.ID}},
		{client.SilenceFilter{Active: true}, []int64{active.ID}},
		{client.SilenceFilter{Monitor: "orders"}, []int64{active.ID}},
	} {
		var ids []int64
		for silence, err := range client.All(t.Context(), client.Paging{Limit: 1}, w.pageOfSilences(c.filter)) {
			require.NoError(t, err)
			ids = append(ids, silence.ID)
		}
		require.Equal(t, c.want, ids, "%+v", c.filter)
	}
}

func TestSilences_R70_RecurInTheZoneOfTheConfiguration(t *testing.T) {
	t.Parallel()
	berlin, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	w := newWorld(t, func(w *world) { w.config.Zone = berlin })
	created := w.silence(client.SilenceRequest{Everything: true, Every: "0 2 * * *", For: "1h30m"})
	require.Equal(t, "Europe/Berlin", created.Zone)
	require.Equal(t, "90m", created.For)
	require.Nil(t, created.EndsAt)
	require.Equal(t, 90*time.Minute, created.InForceUntil.Sub(*created.InForceFrom).Round(30*time.Minute))
	require.Equal(t, "UTC", w.silence(client.SilenceRequest{Everything: true, Every: "0 2 * * *", For: "1h", Zone: "UTC"}).Zone)
}

func TestSilences_SayWhatIsWrong(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	past, distant := time.Now().Add(-time.Hour), time.Now().AddDate(20, 0, 0)
	for _, c := range []struct {
		request client.SilenceRequest
		want    string
	}{
		{client.SilenceRequest{For: "1h"}, "nothing says what is to be silenced"},
		{client.SilenceRequest{Everything: true, Priority: 4, For: "1h"}, "everything: leave it out"},
		{client.SilenceRequest{Monitor: "nobody", For: "1h"}, `monitor: there is no monitor "nobody"`},
		{client.SilenceRequest{IssueID: 4711, For: "1h"}, "issue_id: issue 4711 does not exist"},
		{client.SilenceRequest{Labels: map[string]string{"": "x"}, For: "1h"}, "labels:"},
		{client.SilenceRequest{Everything: true}, "one of for and ends_at"},
		{client.SilenceRequest{Everything: true, For: "1h", EndsAt: &distant}, "one of for and ends_at"},
		{client.SilenceRequest{Everything: true, For: "soon"}, "for: "},
		{client.SilenceRequest{Everything: true, For: "-1h"}, "for: it has to be longer than nothing"},
		{client.SilenceRequest{Everything: true, EndsAt: &past}, "ends_at: it has to be after starts_at"},
		{client.SilenceRequest{Everything: true, StartsAt: &past, For: "30m"}, "it would be over already"},
		{client.SilenceRequest{Everything: true, EndsAt: &distant}, "ends_at: it has to be within ten years"},
		{client.SilenceRequest{Everything: true, StartsAt: &distant, For: "1h"}, "starts_at: it has to be within ten years"},
		{client.SilenceRequest{Everything: true, StartsAt: &time.Time{}, For: "1h"}, "starts_at: it has to be within ten years"},
		{client.SilenceRequest{Everything: true, Every: "0 2 * * *"}, "for: it has to say how long each time lasts"},
		{client.SilenceRequest{Everything: true, Every: "0 2 * * *", For: "1h", EndsAt: &time.Time{}}, "ends_at: it has to be after"},
		{client.SilenceRequest{Everything: true, Every: "0 2 * * *", For: "1h", Zone: "Berlin"}, `zone: "Berlin" is not the name`},
		{client.SilenceRequest{Everything: true, Every: "2 o'clock", For: "1h"}, "every: cron"},
		{client.SilenceRequest{Everything: true, For: "1h", Zone: "UTC"}, "zone: it is that of every"},
	} {
		c.request.Comment = "deploy"
		_, err := w.client.CreateSilence(t.Context(), c.request)
		require.ErrorContains(t, err, c.want, "%+v", c.request)
	}
	_, err := w.client.CreateSilence(t.Context(), client.SilenceRequest{Everything: true, For: "1h"})
	require.ErrorContains(t, err, "comment")
	page, err := w.client.Silences(t.Context(), client.SilenceFilter{Expired: true}, client.Paging{})
	require.NoError(t, err)
	require.Empty(t, page.Items, "nothing of these was stored")
}
