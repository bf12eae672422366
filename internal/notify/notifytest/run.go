package notifytest

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/notify"
)

// Harness says how a target is tested.
type Harness struct {
	// Open makes a stand-in, empty, and a target that speaks to it.
	Open func(t *testing.T) (notify.Target, Service)
	// Secrets are texts of the target's configuration that must never show.
	Secrets []string
	// Repeats is set for a service that can neither look a message up nor recognise
	// one: it may show a message twice after a crash (R83), which its page says.
	Repeats bool
	// EditsAppend is set for a service in which what was sent stays as it is: an edit
	// adds to the thread.
	EditsAppend bool
	// NoPause is set for a service that asks for a pause without saying how long.
	NoPause bool
	// NoIssues is set for a service that has no room for a table of issues.
	NoIssues bool
}

// Run runs the suite.
func Run(t *testing.T, h Harness) {
	t.Helper()
	for name, test := range map[string]func(*testing.T, *fixture){
		"Create_R82_ShowsTheCard":                       createShowsTheCard,
		"Create_R82_ShowsHostileTextAsText":             createShowsHostileTextAsText,
		"Create_R82_ShortensVisibly":                    createShortensVisibly,
		"Create_R82_ShortensWhatAMonitorSaysOfItself":   createShortensWhatAMonitorSaysOfItself,
		"Render_R82_IsPure":                             renderIsPure,
		"Edit_R82_InPlace":                              editInPlace,
		"Edit_R82_BackToWhatItWas":                      editBack,
		"Edit_R82_OfWhatIsGone":                         editOfWhatIsGone,
		"Close_R82_CanBeSeen":                           closeCanBeSeen,
		"Close_R82_OfWhatIsGone":                        closeOfWhatIsGone,
		"Create_R83_AfterALostAnswer":                   createAfterALostAnswer,
		"Find_R83_NothingThatWasNotSent":                findNothingThatWasNotSent,
		"Mention_R84_IsAReply":                          mentionIsAReply,
		"Mention_R84_AfterALostAnswer":                  mentionAfterALostAnswer,
		"Say_TellsPlainText":                            sayTellsPlainText,
		"Errors_SayWhatComesNext":                       errorsSayWhatComesNext,
		"Errors_OfACallThatIsCancelled":                 errorsOfACallThatIsCancelled,
		"Secrets_AreNeitherShownNorToldInErrorsNorKept": secretsAreNotTold,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			target, service := h.Open(t)
			t.Cleanup(func() { require.NoError(t, target.Release()) })
			test(t, &fixture{Harness: h, target: target, service: service})
		})
	}
}

// fixture is a target with its stand-in.
type fixture struct {
	Harness
	target  notify.Target
	service Service
}

// show creates a notification of a card.
func (f *fixture) show(t *testing.T, nonce string, card *notify.Card) notify.Ref {
	t.Helper()
	ref, err := f.target.Create(t.Context(), nonce, f.render(t, card))
	require.NoError(t, err)
	return ref
}

func (f *fixture) render(t *testing.T, card *notify.Card) notify.Rendering {
	t.Helper()
	r, err := f.target.Render(card)
	require.NoError(t, err)
	return r
}

// only gives the one message that there is.
func (f *fixture) only(t *testing.T) Message {
	t.Helper()
	messages := f.service.Messages()
	require.Len(t, messages, 1)
	return messages[0]
}

// text is all that is to be read of a message.
func (m Message) text() string {
	all := m.Text
	for _, reply := range m.Replies {
		all += "\n" + reply
	}
	return all
}

// cancelled is a context that has ended.
func cancelled(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	return ctx
}
