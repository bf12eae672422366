package controller

import (
	"context"
	"sync"
	"time"

	"github.com/vedettehq/vedette/internal/pause"
	"github.com/vedettehq/vedette/internal/telemetry"
)

// chatLease is held by the process that listens to chats: what somebody says is to
// be done once (R78).
const chatLease = "inbound_chat"

// chatRetry is how long a chat is left alone that wants a person to mend something.
const chatRetry = time.Minute

// Chat is where people can act besides the API.
type Chat struct {
	// Name is its plugin's: slack.
	Name string
	// Listen takes what people say there, and has it done, until ctx ends. It returns
	// nil before that if nobody can act from there, and an error if a person has to
	// mend something first.
	Listen func(ctx context.Context) error
}

// listen listens to all chats until ctx ends. One that cannot be listened to keeps
// no other waiting.
func (c *Controller) listen(ctx context.Context) error {
	var listening sync.WaitGroup
	for _, chat := range c.Chats {
		listening.Go(func() { c.listenTo(ctx, chat) })
	}
	listening.Wait()
	return nil
}

func (c *Controller) listenTo(ctx context.Context, chat Chat) {
	trouble := telemetry.NewTrouble(c.Logger, "listening to "+chat.Name)
	for ctx.Err() == nil {
		err := chat.Listen(ctx)
		trouble.Note(ctx, err)
		if err == nil {
			<-ctx.Done()
			return
		}
		// ctx is looked at above.
		_ = pause.For(ctx, chatRetry)
	}
}
