package notifytest

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/notify"
)

func createAfterALostAnswer(t *testing.T, f *fixture) {
	r := f.render(t, Card())
	f.service.Fail(LoseAnswer)
	_, err := f.target.Create(t.Context(), nonceA, r)
	require.Error(t, err)
	require.Equal(t, nonceA, f.only(t).Nonce, "it arrived")

	ref := f.again(t, r)
	if f.Repeats {
		require.Len(t, f.service.Messages(), 2)
		return
	}
	_, err = f.target.Edit(t.Context(), ref, f.render(t, Card(critical)))
	require.NoError(t, err, "what was found can be edited")
	f.only(t)
}

// again does what is done about an attempt whose end nobody knows.
func (f *fixture) again(t *testing.T, r notify.Rendering) notify.Ref {
	t.Helper()
	if finder, ok := f.target.(notify.Finder); ok {
		ref, found, err := finder.Find(t.Context(), nonceA, "")
		require.NoError(t, err)
		require.True(t, found)
		return ref
	}
	idempotent, ok := f.target.(notify.Idempotent)
	require.Equal(t, f.Repeats, !ok, "it recognises a repeat, or may repeat")
	ref, err := f.target.Create(t.Context(), nonceA, r)
	require.NoError(t, err)
	if ok {
		_, err := f.target.Edit(t.Context(), idempotent.RefOf(nonceA), r)
		require.NoError(t, err)
		f.only(t)
		require.NoError(t, f.target.Close(t.Context(), idempotent.RefOf(nonceB), f.render(t, Card(solved))), "of what was never sent")
	}
	return ref
}

func findNothingThatWasNotSent(t *testing.T, f *fixture) {
	finder, ok := f.target.(notify.Finder)
	if !ok {
		t.Skip("cannot look messages up")
	}
	f.show(t, nonceA, Card())
	_, found, err := finder.Find(t.Context(), nonceB, "")
	require.NoError(t, err)
	require.False(t, found)
}

func mentionIsAReply(t *testing.T, f *fixture) {
	mentioner, ok := f.target.(notify.Mentioner)
	if !ok {
		t.Skip("cannot call for attention")
	}
	ref := f.show(t, nonceA, Card())
	_, err := mentioner.Mention(t.Context(), ref, nonceB, f.render(t, Card()))
	require.NoError(t, err)
	require.Len(t, f.only(t).Replies, 1)
}

func mentionAfterALostAnswer(t *testing.T, f *fixture) {
	mentioner, ok := f.target.(notify.Mentioner)
	if !ok {
		t.Skip("cannot call for attention")
	}
	r := f.render(t, Card())
	ref := f.show(t, nonceA, Card())
	f.service.Fail(LoseAnswer)
	_, err := mentioner.Mention(t.Context(), ref, nonceB, r)
	require.Error(t, err)
	require.Len(t, f.only(t).Replies, 1, "it arrived")

	if finder, ok := f.target.(notify.Finder); ok {
		_, found, err := finder.Find(t.Context(), nonceB, ref)
		require.NoError(t, err)
		require.True(t, found)
		return
	}
	_, err = mentioner.Mention(t.Context(), ref, nonceB, r)
	require.NoError(t, err)
	if !f.Repeats {
		require.Len(t, f.only(t).Replies, 1)
	}
}
