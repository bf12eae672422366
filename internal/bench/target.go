package main

import "fmt"

// target is what a figure is held to.
type target struct {
	text string
	met  func(figure) bool
}

// timesFloor is for what takes time: at most so many times the floor.
func timesFloor(times float64) *target {
	return &target{
		text: fmt.Sprintf("<= %g x floor", times),
		met:  func(f figure) bool { return f.ours.amount() <= times*f.floor.amount() },
	}
}

// ofFloor is for what is done per second: at least this part of the floor.
func ofFloor(part float64) *target {
	return &target{
		text: fmt.Sprintf(">= %g x floor", part),
		met:  func(f figure) bool { return f.ours.amount() >= part*f.floor.amount() },
	}
}

// atMost bounds from above, whatever the floor.
func atMost(limit quantity) *target {
	return &target{
		text: "<= " + limit.String(),
		met:  func(f figure) bool { return f.ours.amount() <= limit.amount() },
	}
}

// atLeast bounds from below, whatever the floor.
func atLeast(limit quantity) *target {
	return &target{
		text: ">= " + limit.String(),
		met:  func(f figure) bool { return f.ours.amount() >= limit.amount() },
	}
}
