package controller_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/controller"
)

// fakeChat counts how often somebody began to listen to it, and how many do now.
type fakeChat struct {
	starts, listening atomic.Int32
	fail              error
	silent            bool
}

func (f *fakeChat) chat(name string) controller.Chat {
	return controller.Chat{Name: name, Listen: func(ctx context.Context) error {
		f.starts.Add(1)
		if f.fail != nil || f.silent {
			return f.fail
		}
		f.listening.Add(1)
		defer f.listening.Add(-1)
		<-ctx.Done()
		return nil
	}}
}

func TestChats_R78_OnlyOneProcessListens(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture()
		chat := &fakeChat{}
		f.deps.Chats = []controller.Chat{chat.chat("slack")}
		f.store.leases["inbound_chat"] = lease{"another", time.Now().Add(time.Minute)}
		_, stop := f.start(t, controller.Config{})
		after(50 * time.Second)
		require.Zero(t, chat.listening.Load())

		after(20 * time.Second)
		require.EqualValues(t, 1, chat.listening.Load(), "the other one is gone")
		after(time.Hour)
		require.EqualValues(t, 1, chat.listening.Load())
		require.EqualValues(t, 1, chat.starts.Load())

		f.store.with(func() { f.store.leases["inbound_chat"] = lease{"another", time.Now().Add(time.Hour)} })
		after(10 * time.Second)
		require.Zero(t, chat.listening.Load(), "somebody else has the lease")
		stop()
	})
}

func TestChats_OneThatFailsIsTriedAgainAndKeepsNoOtherWaiting(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture()
		broken, silent, well := &fakeChat{fail: errors.New("token is not valid")}, &fakeChat{silent: true}, &fakeChat{}
		f.deps.Chats = []controller.Chat{broken.chat("one"), silent.chat("two"), well.chat("three")}
		_, stop := f.start(t, controller.Config{})
		after(10*time.Minute + time.Second)
		require.EqualValues(t, 11, broken.starts.Load(), "once a minute")
		require.EqualValues(t, 1, silent.starts.Load())
		require.EqualValues(t, 1, well.listening.Load())
		require.Contains(t, f.log.String(), "listening to one")
		stop()
	})
}
