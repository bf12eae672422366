package notifytest_test

import (
	"testing"

	"github.com/vedettehq/vedette/internal/notify"
	"github.com/vedettehq/vedette/internal/notify/notifytest"
)

func TestChat(t *testing.T) {
	t.Parallel()
	notifytest.Run(t, notifytest.Harness{
		Open: func(*testing.T) (notify.Target, notifytest.Service) {
			chat := &notifytest.Chat{Name: "chat:test"}
			return chat, chat
		},
		Secrets: []string{"hunter2"},
	})
}
