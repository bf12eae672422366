package shoutrrr

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	lib "github.com/nicholas-fedor/shoutrrr/pkg/services/chat/telegram"

	"github.com/vedettehq/vedette/internal/notify"
)

// telegramURL is that of the Bot API.
const telegramURL = "https://api.telegram.org"

// telegram speaks to the Bot API itself. The library does not: it takes every answer
// that is no JSON, and no answer at all, for a message that was sent.
type telegram struct {
	config notify.Config
	base   string
	token  string
	chat   chat
}

// chat is where messages go, and the form in which the API takes one.
type chat struct {
	ID        string `json:"chat_id"`
	Thread    int    `json:"message_thread_id,omitempty"`
	Quiet     bool   `json:"disable_notification,omitempty"`
	NoPreview bool   `json:"disable_web_page_preview"`
	Text      string `json:"text"`
}

func openTelegram(config notify.Config, given *lib.Config) (string, client, error) {
	if len(given.Chats) != 1 {
		return "", nil, config.Settings.Errorf("url", "it has to name one chat: use a receiver for each")
	}
	t := telegram{config: config, base: telegramURL, token: given.Token, chat: chat{NoPreview: true, Quiet: !given.Notification}}
	id, thread, ok := strings.Cut(given.Chats[0], ":")
	t.chat.ID = id
	if ok {
		number, err := strconv.Atoi(thread)
		if err != nil {
			return "", nil, config.Settings.Errorf("url", "what follows the : of the chat has to be the number of a topic")
		}
		t.chat.Thread = number
	}
	return "telegram", &t, nil
}

func (t *telegram) send(ctx context.Context, text string) error {
	message := t.chat
	message.Text = text
	content, err := json.Marshal(message)
	if err != nil {
		return notify.Errorf(notify.Rejected, "encode the message: %w", err)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, t.base+"/bot"+t.token+"/sendMessage", bytes.NewReader(content))
	if err != nil {
		return notify.Errorf(notify.Refused, "the token cannot be used")
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("User-Agent", t.config.Product)
	answer, err := notify.Send(t.config.HTTP, request, t.token)
	if refusal, ok := errors.AsType[*notify.Error](err); ok {
		return explain(refusal, answer)
	}
	return err
}

// explain adds what the API says in its own way: how long to wait, and that it is
// the chat which is wrong, since nothing else about our messages can be.
func explain(refusal *notify.Error, answer []byte) error {
	var said struct {
		Code       int `json:"error_code"`
		Parameters struct {
			RetryAfter int `json:"retry_after"`
		} `json:"parameters"`
	}
	if err := json.Unmarshal(answer, &said); err != nil {
		// It is not the API that answers; the status says enough.
		return refusal
	}
	if said.Parameters.RetryAfter > 0 {
		refusal.RetryAfter = time.Duration(said.Parameters.RetryAfter) * time.Second
	}
	if said.Code == http.StatusBadRequest {
		refusal.Kind = notify.Refused
	}
	return refusal
}
