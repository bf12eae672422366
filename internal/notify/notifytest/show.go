package notifytest

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/notify"
)

func createShowsTheCard(t *testing.T, f *fixture) {
	f.show(t, nonceA, Card())

	message := f.only(t)
	require.False(t, message.Closed)
	require.Contains(t, message.Text, "Stuck orders")
	require.Contains(t, strings.ToLower(message.Text), "moderate")
	if f.NoIssues {
		return
	}
	for _, text := range []string{"order_id", "state", "7001", "awaiting", "7002"} {
		require.Contains(t, message.Text, text)
	}
}

func createShowsHostileTextAsText(t *testing.T, f *fixture) {
	f.show(t, nonceA, Card(hostileText))
	require.Contains(t, f.only(t).Text, hostile)
}

func createShortensVisibly(t *testing.T, f *fixture) {
	f.show(t, nonceA, Card(huge))

	message := f.only(t)
	if !f.NoIssues {
		require.Regexp(t, `\d more`, message.Text, "it says how much is left out")
	}
	require.Contains(t, message.Text, "Stuck orders")
}

func createShortensWhatAMonitorSaysOfItself(t *testing.T, f *fixture) {
	f.show(t, nonceA, Card(func(c *notify.Card) {
		c.Title += strings.Repeat(" and more", 10_000)
		c.Summary = strings.Repeat("word ", 200_000)
		c.Labels = map[string]string{"team": strings.Repeat("payments ", 20_000)}
	}))
	require.Contains(t, f.only(t).Text, "Stuck orders")
}

func renderIsPure(t *testing.T, f *fixture) {
	card := Card()
	first := f.render(t, card)
	require.Equal(t, Card(), card, "the card is left alone")
	require.Equal(t, first, f.render(t, Card()))
	require.NotEqual(t, first, f.render(t, Card(critical)))
	require.NotEqual(t, first, f.render(t, Card(acknowledged)))
	require.NotEqual(t, first, f.render(t, Card(solved)))
	require.Empty(t, f.service.Messages())
}

func editInPlace(t *testing.T, f *fixture) {
	ref := f.show(t, nonceA, Card())
	ref, err := f.target.Edit(t.Context(), ref, f.render(t, Card(critical)))
	require.NoError(t, err)
	_, err = f.target.Edit(t.Context(), ref, f.render(t, Card(critical, acknowledged)))
	require.NoError(t, err)

	message := f.only(t)
	shown := message.Text
	if f.EditsAppend {
		shown = message.text()
	} else {
		require.NotContains(t, strings.ToLower(shown), "moderate")
	}
	require.Contains(t, strings.ToLower(shown), "critical")
	require.Contains(t, strings.ToLower(shown), "acknowledged")
}

// A service may ignore what it has got before: that what is shown was shown once
// already is no repeat.
func editBack(t *testing.T, f *fixture) {
	if f.EditsAppend {
		t.Skip("what was shown stays there")
	}
	ref := f.show(t, nonceA, Card())
	for _, change := range [][]func(*notify.Card){{critical}, {}, {critical}} {
		var err error
		ref, err = f.target.Edit(t.Context(), ref, f.render(t, Card(change...)))
		require.NoError(t, err)
	}
	message := f.only(t)
	require.Contains(t, strings.ToLower(message.Text), "critical")
	require.NotContains(t, strings.ToLower(message.Text), "moderate")
}

func editOfWhatIsGone(t *testing.T, f *fixture) {
	ref := f.show(t, nonceA, Card())
	if !f.service.Remove(nonceA) {
		t.Skip("nobody can remove a message there")
	}
	_, err := f.target.Edit(t.Context(), ref, f.render(t, Card(critical)))
	require.Error(t, err)
	require.Equal(t, notify.Gone, notify.KindOf(err))
}

func closeCanBeSeen(t *testing.T, f *fixture) {
	ref := f.show(t, nonceA, Card())
	require.NoError(t, f.target.Close(t.Context(), ref, f.render(t, Card(solved))))
	require.True(t, f.only(t).Closed)

	require.NoError(t, f.target.Close(t.Context(), ref, f.render(t, Card(solved))), "closing again is harmless")
}

func closeOfWhatIsGone(t *testing.T, f *fixture) {
	ref := f.show(t, nonceA, Card())
	if !f.service.Remove(nonceA) {
		t.Skip("nobody can remove a message there")
	}
	require.NoError(t, f.target.Close(t.Context(), ref, f.render(t, Card(solved))))
	require.Empty(t, f.service.Messages())
}

func sayTellsPlainText(t *testing.T, f *fixture) {
	speaker, ok := f.target.(notify.Speaker)
	if !ok {
		t.Skip("says nothing but alerts")
	}
	_, err := speaker.Say(t.Context(), nonceA, "37 alerts are held back\n"+hostile)
	require.NoError(t, err)
	require.Contains(t, f.only(t).Text, "37 alerts are held back")
	require.Contains(t, f.only(t).Text, hostile)
}
