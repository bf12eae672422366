package storetest

import (
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

var silences = map[string]func(*fixture){
	"Silences_AreAsTheyWereAskedFor":               silencesStored,
	"Silences_NameWhatIsThere":                     silencesNames,
	"Silences_ListedByWhetherTheyAreOver":          silencesListed,
	"Silences_MatchByMonitorLabelsAndPriority":     silencesMatch,
	"Silences_OfIssuesSilenceWhenAllAre":           silencesOfIssues,
	"Silences_ListedAlertsAreNarrowedByThem":       silencesNarrow,
	"Silences_ExpireOnce":                          silencesExpire,
	"Silences_R82_AnEndMarksWhatItWasAbout":        silencesEnd,
	"Silences_R82_AnEndOfAnyKindMarks":             silencesEndByKind,
	"Silences_R82_ARecurringOneEndsEachTime":       silencesRecur,
	"Silences_R82_WhatNoLongerTellsIsNotMarked":    silencesOnlyTelling,
	"Silences_R82_MissedEndsAreOne":                silencesMissed,
	"Silences_WithAWindowThatIsNotUnderstoodStays": silencesUnreadable,
}

// silence creates a silence of the next hour.
func (f *fixture) silence(match monitor.SilenceMatch, changes ...func(*monitor.Silence)) monitor.Silence {
	f.Helper()
	created, err := f.store.CreateSilence(f.Context(), f.newSilence(match, changes...), f.now)
	require.NoError(f, err)
	require.Positive(f, created.ID)
	return created
}

func (f *fixture) newSilence(match monitor.SilenceMatch, changes ...func(*monitor.Silence)) monitor.Silence {
	s := monitor.Silence{
		Match: match, StartsAt: f.now, EndsAt: f.now.Add(time.Hour), Comment: "deploy", CreatedAt: f.now, CreatedBy: "ada",
	}
	for _, change := range changes {
		change(&s)
	}
	return s
}

// nightly has a silence recur, at two o'clock in Berlin for an hour, without an end.
func (f *fixture) nightly(s *monitor.Silence) {
	f.Helper()
	window, err := monitor.NewSilenceWindow("0 2 * * *", "Europe/Berlin", time.Hour)
	require.NoError(f, err)
	s.Window, s.EndsAt = window, time.Time{}
}

// silenced tells what silences the monitors' alerts.
func (f *fixture) silenced(alerts ...int64) map[int64][]int64 {
	f.Helper()
	silenced, err := f.store.SilencedAlerts(f.Context(), alerts, f.now)
	require.NoError(f, err)
	return silenced
}

func (f *fixture) endSilences() int {
	f.Helper()
	ended, err := f.store.EndSilences(f.Context(), f.now, 10)
	require.NoError(f, err)
	return ended
}

// alertOf makes a monitor that tells, with an active alert.
func (f *fixture) alertOf(name string, changes ...func(*store.Registration)) monitor.Alert {
	f.Helper()
	f.register(name, append([]func(*store.Registration){telling}, changes...)...)
	f.run(name, creating("a", "b"))
	return f.active(name).Alerts[0]
}

func labelled(name, value string) func(*store.Registration) {
	return func(r *store.Registration) { r.Declaration.Options.Labels = map[string]string{name: value} }
}

func silencesStored(f *fixture) {
	alert := f.alertOf("orders")
	issue := f.active("orders").Issues[0]
	require.Equal(f, alert.ID, issue.AlertID)
	created := f.silence(monitor.SilenceMatch{
		Monitor: "orders", Labels: map[string]string{"team": "shop", "a \"b\"": "ü"}, Priority: monitor.High, IssueID: issue.ID,
	}, f.nightly)
	read, err := f.store.Silence(f.Context(), created.ID)
	require.NoError(f, err)
	require.Equal(f, created, read)
	everything := f.silence(monitor.SilenceMatch{Everything: true})
	read, err = f.store.Silence(f.Context(), everything.ID)
	require.NoError(f, err)
	require.True(f, read.Match.Everything)
	require.Empty(f, read.Match.Labels)
	require.Equal(f, everything.EndsAt, read.EndsAt)
	_, err = f.store.Silence(f.Context(), everything.ID+1)
	f.code(monitor.CodeNotFound, err)
}

func silencesNames(f *fixture) {
	f.alertOf("orders")
	for _, match := range []monitor.SilenceMatch{{Monitor: "order"}, {IssueID: 4711}} {
		_, err := f.store.CreateSilence(f.Context(), f.newSilence(match), f.now)
		f.code(monitor.CodeInvalid, err)
	}
	issue := f.active("orders").Issues[0]
	f.run("orders", solving)
	_, err := f.store.CreateSilence(f.Context(), f.newSilence(monitor.SilenceMatch{IssueID: issue.ID}), f.now)
	f.code(monitor.CodeInvalid, err)
	require.ErrorContains(f, err, "is not active")
}

func silencesListed(f *fixture) {
	f.register("orders")
	over := f.silence(monitor.SilenceMatch{Everything: true})
	f.pass(time.Hour)
	active := f.silence(monitor.SilenceMatch{Monitor: "orders"})
	pending := f.silence(monitor.SilenceMatch{Everything: true}, f.nightly)
	list := func(filter store.SilenceFilter, page store.Page) []int64 {
		filter.Now = f.now
		found, err := f.store.Silences(f.Context(), filter, page)
		require.NoError(f, err)
		ids := []int64{}
		for _, s := range found {
			ids = append(ids, s.ID)
		}
		return ids
	}
	for range 2 {
		require.Equal(f, []int64{pending.ID, active.ID}, list(store.SilenceFilter{}, store.Page{Limit: 10}))
		require.Equal(f, []int64{pending.ID, active.ID, over.ID}, list(store.SilenceFilter{Expired: true}, store.Page{Limit: 10}))
		require.Equal(f, []int64{active.ID}, list(store.SilenceFilter{Active: true}, store.Page{Limit: 10}))
		require.Equal(f, []int64{active.ID}, list(store.SilenceFilter{Monitor: "orders", Expired: true}, store.Page{Limit: 10}))
		require.Equal(f, []int64{pending.ID}, list(store.SilenceFilter{}, store.Page{Limit: 1}))
		require.Equal(f, []int64{active.ID}, list(store.SilenceFilter{}, store.Page{Limit: 1, BeforeID: pending.ID}))
		require.Equal(f, []int64{over.ID}, list(store.SilenceFilter{Expired: true}, store.Page{Limit: 1, BeforeID: active.ID}))
		f.endSilences()
	}
}

func silencesMatch(f *fixture) {
	shop := f.alertOf("orders", labelled("team", "shop"))
	other := f.alertOf("letters")
	require.Empty(f, f.silenced(shop.ID, other.ID))
	for name, c := range map[string]struct {
		match monitor.SilenceMatch
		want  []int64
	}{
		"monitor":            {monitor.SilenceMatch{Monitor: "letters"}, []int64{other.ID}},
		"label":              {monitor.SilenceMatch{Labels: map[string]string{"team": "shop"}}, []int64{shop.ID}},
		"label, other value": {monitor.SilenceMatch{Labels: map[string]string{"team": "ops"}}, nil},
		"priority":           {monitor.SilenceMatch{Priority: monitor.Moderate}, []int64{shop.ID, other.ID}},
		"less important":     {monitor.SilenceMatch{Priority: monitor.Informational}, nil},
		"all of these":       {monitor.SilenceMatch{Monitor: "letters", Priority: monitor.Low}, []int64{other.ID}},
		"everything":         {monitor.SilenceMatch{Everything: true}, []int64{shop.ID, other.ID}},
	} {
		s := f.silence(c.match)
		want := map[int64][]int64{}
		for _, id := range c.want {
			want[id] = []int64{s.ID}
		}
		got := f.silenced(shop.ID, other.ID)
		require.Len(f, got, len(want), name)
		for id, by := range want {
			require.Equal(f, by, got[id], name)
		}
		_, err := f.store.ExpireSilence(f.Context(), s.ID, "bob", "", f.now)
		require.NoError(f, err)
	}
}

func silencesOfIssues(f *fixture) {
	alert := f.alertOf("orders")
	issues := f.active("orders").Issues
	first := f.silence(monitor.SilenceMatch{IssueID: issues[0].ID})
	require.Empty(f, f.silenced(alert.ID), "of two issues one is told")
	second := f.silence(monitor.SilenceMatch{IssueID: issues[1].ID})
	require.Equal(f, map[int64][]int64{alert.ID: {first.ID, second.ID}}, f.silenced(alert.ID))
	f.run("orders", creating("c"))
	require.Empty(f, f.silenced(alert.ID), "a new one is told")
	f.run("orders", solving)
	require.Empty(f, f.silenced(alert.ID), "what has ended is silenced by nothing")
}

func silencesNarrow(f *fixture) {
	shop := f.alertOf("orders", labelled("team", "shop")).ID
	f.run("orders", solving)
	f.run("orders", creating("c"))
	again := f.active("orders").Alerts[0].ID
	other := f.alertOf("letters").ID
	list := func(silenced bool, filter store.AlertFilter, page store.Page) []int64 {
		filter.Silenced, filter.Now = &silenced, f.now
		views, err := f.store.Alerts(f.Context(), filter, page)
		require.NoError(f, err)
		ids := []int64{}
		for _, v := range views {
			ids = append(ids, v.ID)
		}
		return ids
	}
	all := store.Page{Limit: 10}
	require.Empty(f, list(true, store.AlertFilter{}, all))
	require.Equal(f, []int64{other, again, shop}, list(false, store.AlertFilter{}, all))
	f.silence(monitor.SilenceMatch{Labels: map[string]string{"team": "shop"}})
	require.Equal(f, []int64{again}, list(true, store.AlertFilter{}, all), "what has ended is silenced by nothing")
	require.Equal(f, []int64{other, shop}, list(false, store.AlertFilter{}, all))
	require.Equal(f, []int64{shop}, list(false, store.AlertFilter{}, store.Page{Limit: 10, BeforeID: other}))
	require.Empty(f, list(true, store.AlertFilter{Monitor: "letters"}, all))
	require.Empty(f, list(true, store.AlertFilter{Status: monitor.AlertSolved}, all))
	require.Equal(f, []int64{other}, list(false, store.AlertFilter{Status: monitor.AlertActive, Priorities: []monitor.Priority{monitor.Low}}, all))
	f.silence(monitor.SilenceMatch{Everything: true})
	require.Equal(f, []int64{other}, list(true, store.AlertFilter{}, store.Page{Limit: 1}))
	require.Equal(f, []int64{again}, list(true, store.AlertFilter{}, store.Page{Limit: 1, BeforeID: other}))
	f.pass(time.Hour)
	require.Empty(f, list(true, store.AlertFilter{}, all))
}

func silencesExpire(f *fixture) {
	alert := f.alertOf("orders")
	s := f.silence(monitor.SilenceMatch{Everything: true})
	f.pass(time.Minute)
	expired, err := f.store.ExpireSilence(f.Context(), s.ID, "bob", "done early", f.now)
	require.NoError(f, err)
	s.ExpiredAt, s.ExpiredBy, s.ExpiredComment = f.now, "bob", "done early"
	read, err := f.store.Silence(f.Context(), s.ID)
	require.NoError(f, err)
	require.Equal(f, expired, read)
	require.Equal(f, f.now, read.ExpiredAt)
	require.Equal(f, "bob", read.ExpiredBy)
	require.Equal(f, "done early", read.ExpiredComment)
	require.Empty(f, f.silenced(alert.ID))
	require.Zero(f, f.route("slack:C1"))
	require.Equal(f, 1, f.endSilences())
	require.Equal(f, 1, f.route("slack:C1"), "what is still wrong is told")
	_, err = f.store.ExpireSilence(f.Context(), s.ID, "bob", "", f.now)
	f.code(monitor.CodeConflict, err)
	_, err = f.store.ExpireSilence(f.Context(), s.ID+1, "bob", "", f.now)
	f.code(monitor.CodeNotFound, err)
	require.Zero(f, f.endSilences())
}

func silencesEnd(f *fixture) {
	f.alertOf("orders")
	f.alertOf("letters")
	f.silence(monitor.SilenceMatch{Monitor: "orders"})
	f.pass(time.Hour - 1000)
	require.Zero(f, f.endSilences())
	f.pass(1000)
	require.Equal(f, 1, f.endSilences())
	require.Zero(f, f.endSilences(), "once, whoever asks")
	require.Equal(f, 1, f.route("slack:C1"), "not the alert that it was not about")
}

func silencesEndByKind(f *fixture) {
	f.alertOf("orders", labelled("team", "shop"))
	f.alertOf("letters")
	issue := f.active("orders").Issues[0]
	for name, c := range map[string]struct {
		match  monitor.SilenceMatch
		marked int
	}{
		"label":          {monitor.SilenceMatch{Labels: map[string]string{"team": "shop"}}, 1},
		"priority":       {monitor.SilenceMatch{Priority: monitor.Low}, 2},
		"less important": {monitor.SilenceMatch{Priority: monitor.Informational}, 0},
		"issue":          {monitor.SilenceMatch{IssueID: issue.ID}, 1},
		"everything":     {monitor.SilenceMatch{Everything: true}, 2},
	} {
		f.silence(c.match)
		f.pass(time.Hour)
		require.Equal(f, 1, f.endSilences(), name)
		require.Equal(f, c.marked, f.route("slack:C1"), name)
	}
}

func silencesRecur(f *fixture) {
	alert := f.alertOf("orders")
	s := f.silence(monitor.SilenceMatch{Everything: true}, f.nightly)
	require.Empty(f, f.silenced(alert.ID))
	f.now = time.Date(2026, 11, 24, 1, 0, 0, 0, time.UTC)
	require.Equal(f, map[int64][]int64{alert.ID: {s.ID}}, f.silenced(alert.ID))
	require.Zero(f, f.endSilences())
	f.pass(time.Hour)
	require.Empty(f, f.silenced(alert.ID))
	require.Equal(f, 1, f.endSilences())
	require.Equal(f, 1, f.route("slack:C1"))
	f.pass(23 * time.Hour)
	require.Equal(f, map[int64][]int64{alert.ID: {s.ID}}, f.silenced(alert.ID), "the next night")
	require.Zero(f, f.endSilences())
	f.pass(time.Hour)
	require.Equal(f, 1, f.endSilences())
}

func silencesOnlyTelling(f *fixture) {
	f.register("orders")
	f.run("orders", creating("a"))
	f.silence(monitor.SilenceMatch{Everything: true})
	f.pass(time.Hour)
	require.Equal(f, 1, f.endSilences())
	require.Zero(f, f.route("slack:C1"))
}

func silencesMissed(f *fixture) {
	f.alertOf("orders")
	f.silence(monitor.SilenceMatch{Everything: true}, f.nightly)
	f.pass(10 * 24 * time.Hour)
	require.Equal(f, 1, f.endSilences(), "no controller was there for ten nights")
	require.Zero(f, f.endSilences())
	require.Equal(f, 1, f.route("slack:C1"))
}

func silencesUnreadable(f *fixture) {
	alert := f.alertOf("orders")
	s := f.silence(monitor.SilenceMatch{Everything: true}, func(s *monitor.Silence) {
		f.nightly(s)
		s.Window.Every = "@newmoon"
	})
	require.Empty(f, f.silenced(alert.ID), "people rather hear too much")
	f.pass(24 * time.Hour)
	_, err := f.store.EndSilences(f.Context(), f.now, 10)
	require.ErrorContains(f, err, "@newmoon")
	require.Zero(f, f.endSilences(), "not again at each tick")
	f.pass(time.Hour)
	_, err = f.store.EndSilences(f.Context(), f.now, 10)
	require.ErrorContains(f, err, "@newmoon")
	_, err = f.store.ExpireSilence(f.Context(), s.ID, "bob", "", f.now)
	require.NoError(f, err)
}
