package email

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/notify"
	"github.com/vedettehq/vedette/internal/notify/notifytest"
)

const mention = `"mention":["On call <oncall@example.com>"]`

func TestTarget_WithPeopleToCall(t *testing.T) {
	t.Parallel()
	notifytest.Run(t, notifytest.Harness{
		Open: func(t *testing.T) (notify.Target, notifytest.Service) {
			service := serve(t)
			return opened(t, service, mention).withCalls(), service
		},
		Secrets:     []string{password},
		Repeats:     true,
		EditsAppend: true,
		NoPause:     true,
	})
}

func TestTarget_R84_CallsThoseWhoAreNamedBelowTheLastMail(t *testing.T) {
	t.Parallel()
	service := serve(t)
	target := opened(t, service, mention)
	ref, err := target.Create(t.Context(), nonce, render(t, target))
	require.NoError(t, err)
	caller, ok := target.withCalls().(notify.Mentioner)
	require.True(t, ok)
	_, err = caller.Mention(t.Context(), ref, "0193a000-0000-7000-8000-00000000000c", render(t, target))
	require.NoError(t, err)

	mails := service.mails()
	require.Len(t, mails, 2)
	first, call := mails[0], mails[1]
	require.Equal(t, []string{"oncall@example.com"}, call.to)
	require.Equal(t, first.header.Get("Message-Id"), call.header.Get("In-Reply-To"))
	require.Equal(t, "<0193a000-0000-7000-8000-00000000000c@example.com>", call.header.Get("Message-Id"))
	require.Equal(t, "Re: "+first.subject(), call.subject())
	require.Equal(t, "high", call.header.Get("Importance"))
	require.Contains(t, call.text, "This alert needs you")
	require.NotContains(t, first.to, "oncall@example.com")
}

func TestTarget_CallsNobodyUnlessSomebodyIsNamed(t *testing.T) {
	t.Parallel()
	_, calls := opened(t, serve(t), "").withCalls().(notify.Mentioner)
	require.False(t, calls)
	_, err := open(config(`{"server":"m.example:587","from":"a@example.com","to":["b@example.com"],"mention":["@here"]}`))
	require.ErrorContains(t, err, `receivers.ops.email.mention: "@here" has to look like`)
}
