package main

import (
	"fmt"
	"time"
)

// figure is a line of the table.
type figure struct {
	work string
	// store is where it was measured; empty if that makes no difference.
	store string
	// floor is what the work cannot do without; nil if there is no such thing.
	floor quantity
	ours  quantity
	// target is what ours is held to; nil if the figure only gives scale.
	target *target
}

// quantity is something measured.
type quantity interface {
	// amount is the number that ratios are made of.
	amount() float64
	// String is the quantity with its unit.
	String() string
}

// duration is how long something took: less is better.
type duration time.Duration

func (d duration) amount() float64 { return float64(d) }

// String has three digits.
func (d duration) String() string {
	t := time.Duration(d)
	switch {
	case t >= time.Second:
		return fmt.Sprintf("%.2f s", t.Seconds())
	case t >= time.Millisecond:
		return fmt.Sprintf("%.3g ms", float64(t)/float64(time.Millisecond))
	default:
		return fmt.Sprintf("%.3g µs", float64(t)/float64(time.Microsecond))
	}
}

// rate is how often something was done in a second: more is better.
type rate float64

func (r rate) amount() float64 { return float64(r) }

// String is without decimals.
func (r rate) String() string { return fmt.Sprintf("%.0f/s", float64(r)) }

// size is in bytes: less is better.
type size int64

func (s size) amount() float64 { return float64(s) }

// String is in MiB.
func (s size) String() string { return fmt.Sprintf("%.1f MiB", float64(s)/(1<<20)) }

// factor compares two quantities.
type factor float64

func (f factor) amount() float64 { return float64(f) }

// String has two decimals.
func (f factor) String() string { return fmt.Sprintf("%.2f x", float64(f)) }

// perSecond is the rate of n things in a time.
func perSecond(n int, took time.Duration) rate { return rate(float64(n) / took.Seconds()) }
