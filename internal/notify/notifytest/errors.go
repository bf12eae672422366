package notifytest

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/notify"
)

func errorsSayWhatComesNext(t *testing.T, f *fixture) {
	r := f.render(t, Card())
	f.service.Fail(Throttle, Refuse, Break)

	_, err := f.target.Create(t.Context(), nonceA, r)
	require.Error(t, err)
	require.Equal(t, notify.Throttled, notify.KindOf(err), "%v", err)
	if !f.NoPause {
		require.Equal(t, PauseSeconds*time.Second, notify.RetryAfter(err))
	}

	_, err = f.target.Create(t.Context(), nonceA, r)
	require.Error(t, err)
	require.Equal(t, notify.Refused, notify.KindOf(err), "%v", err)

	_, err = f.target.Create(t.Context(), nonceA, r)
	require.Error(t, err)
	require.Equal(t, notify.Temporary, notify.KindOf(err), "%v", err)
	require.Empty(t, f.service.Messages())

	f.show(t, nonceA, Card())
	f.only(t)
}

func errorsOfACallThatIsCancelled(t *testing.T, f *fixture) {
	_, err := f.target.Create(cancelled(t), nonceA, f.render(t, Card()))
	require.Error(t, err)
}

func secretsAreNotTold(t *testing.T, f *fixture) {
	require.NotEmpty(t, f.Secrets, "the harness names the secrets of the configuration")
	r := f.render(t, Card())
	told := []string{f.target.Key(), string(r)}
	for _, failure := range []Failure{Break, Throttle, Refuse, LoseAnswer} {
		f.service.Fail(failure)
		_, err := f.target.Create(t.Context(), nonceA, r)
		require.Error(t, err)
		told = append(told, err.Error())
	}
	told = append(told, string(f.show(t, nonceB, Card())))
	for _, message := range f.service.Messages() {
		told = append(told, message.text())
	}
	for _, secret := range f.Secrets {
		for _, text := range told {
			require.NotContains(t, text, secret)
		}
	}
}
