package main

import (
	"context"
	"crypto/sha256"
	"slices"
	"sync"
	"time"

	"github.com/vedettehq/vedette/internal/pause"
)

// canary measures how much the machine is held up by whatever else it has to do: it
// sleeps and computes for a moment, over and over, and writes down when it should
// have been done and when it was. What a trial finds late by that is not held
// against the platform.
type canary struct {
	end   context.CancelFunc
	ended chan struct{}

	mu sync.Mutex
	// began is when it began, and stops are the times that it lost, in their order.
	began time.Time
	stops []span
}

const (
	// canarySleep is how long it sleeps between two computations.
	canarySleep = 50 * time.Millisecond
	// canaryWork is how many bytes it hashes: a few milliseconds, which are more than
	// the machine gives anybody at a time if others wait.
	canaryWork = 4 << 20
)

// startCanary measures until stop.
func startCanary(ctx context.Context) *canary {
	ctx, end := context.WithCancel(context.WithoutCancel(ctx))
	c := &canary{end: end, ended: make(chan struct{}), began: time.Now()}
	go func() {
		defer close(c.ended)
		work := make([]byte, canaryWork)
		best := time.Duration(0)
		for {
			began := time.Now()
			if pause.For(ctx, canarySleep) != nil {
				return
			}
			woken := time.Now()
			sha256.Sum256(work)
			done := time.Now()
			took := done.Sub(woken)
			if best == 0 || took < best {
				best = took
			}
			c.note(done, woken.Sub(began)-canarySleep+took-best)
		}
	}()
	return c
}

func (c *canary) stop() {
	c.end()
	<-c.ended
}

func (c *canary) note(done time.Time, late time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.stops = append(c.stops, span{done.Add(-late), done})
}

// lost is how much of a span the machine was held up, without what lies in others.
func (c *canary) lost(s span, others []span) (sum time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	first, _ := slices.BinarySearchFunc(c.stops, s.from, func(stop span, from time.Time) int { return stop.to.Compare(from) })
	for _, stop := range c.stops[first:] {
		if !stop.from.Before(s.to) {
			break
		}
		stop = stop.within(s)
		sum += max(0, stop.to.Sub(stop.from)-stop.overlap(others))
	}
	return sum
}

// figures are which part of its time it lost, and the most at a time.
func (c *canary) figures() (part float64, most time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	var lost time.Duration
	for _, stop := range c.stops {
		lost += stop.to.Sub(stop.from)
		most = max(most, stop.to.Sub(stop.from))
	}
	if len(c.stops) == 0 {
		return 0, 0
	}
	return lost.Seconds() / c.stops[len(c.stops)-1].to.Sub(c.began).Seconds(), most
}
