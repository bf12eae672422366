package main

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

func TestCanary_TellsWhatOfASpanWasLost(t *testing.T) {
	t.Parallel()
	at := func(seconds int) time.Time { return time.Unix(int64(seconds), 0) }
	c := &canary{began: at(0)}
	c.note(at(10), 2*time.Second)
	c.note(at(20), 5*time.Second)
	c.note(at(40), time.Second)
	require.Equal(t, 7*time.Second, c.lost(span{at(0), at(30)}, nil))
	require.Equal(t, 2*time.Second, c.lost(span{at(9), at(16)}, nil))
	require.Equal(t, 3*time.Second, c.lost(span{at(17), at(39)}, nil))
	require.Zero(t, c.lost(span{at(20), at(39)}, nil))
	require.Zero(t, c.lost(span{at(41), at(50)}, nil))
	part, most := c.figures()
	require.InDelta(t, 0.2, part, 1e-9)
	require.Equal(t, 5*time.Second, most)
}

func TestCanary_LosesNothingWhereNothingElseIsDone(t *testing.T) {
	t.Parallel()
	// The clock of a bubble stands still while anybody works.
	synctest.Test(t, func(t *testing.T) {
		c := startCanary(t.Context())
		from := time.Now()
		<-time.After(10 * time.Second)
		c.stop()
		require.Zero(t, c.lost(span{from, time.Now()}, nil))
		part, most := c.figures()
		require.Zero(t, part)
		require.Zero(t, most)
		require.NotEmpty(t, c.stops)
	})
}

func TestVerdict_HoldsNothingAgainstThePlatformThatTheMachineLost(t *testing.T) {
	t.Parallel()
	at := func(seconds int) time.Time { return time.Unix(int64(seconds), 0) }
	c := &canary{began: at(0)}
	v := verdict{tolerance: 5 * time.Second, machine: c}
	by, late := v.late(at(10), at(18))
	require.Equal(t, 8*time.Second, by)
	require.True(t, late)
	c.note(at(15), 4*time.Second)
	by, late = v.late(at(10), at(18))
	require.Equal(t, 4*time.Second, by)
	require.False(t, late)
	v.excused = []span{{at(11), at(14)}}
	by, _ = v.late(at(10), at(18))
	require.Equal(t, 4*time.Second, by, "nothing is forgiven twice")
	v.excused = []span{{at(10), at(14)}}
	by, _ = v.late(at(10), at(18))
	require.Equal(t, 3*time.Second, by)
}
