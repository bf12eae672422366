package cli

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/vedettehq/vedette/internal/client"
)

// Receivers shows a list of receivers.
func Receivers() Table[client.Receiver] {
	return Table[client.Receiver]{
		{Title: "NAME", Cell: func(_ *Screen, r *client.Receiver) string { return oneLine(r.Name) }},
		{Title: "TARGETS", flexible: true, Cell: func(_ *Screen, r *client.Receiver) string { return oneLine(strings.Join(r.Targets, " ")) }},
	}
}

// ReceiverTest shows what services answered to a test message.
func ReceiverTest(test *client.ReceiverTest) func(*Screen) {
	return func(s *Screen) {
		for _, result := range test.Results {
			took := time.Duration(result.Seconds * float64(time.Second)).Round(time.Millisecond)
			if result.Sent {
				s.Linef("%s: sent in %s", result.Target, took)
				continue
			}
			s.Linef("%s: not sent: %s", result.Target, result.Error)
		}
	}
}

// Notifications shows a list of notifications.
func Notifications() Table[client.Notification] {
	return Table[client.Notification]{
		{Title: "ID", right: true, Cell: func(_ *Screen, n *client.Notification) string { return strconv.FormatInt(n.ID, 10) }},
		{Title: "ALERT", right: true, Cell: func(_ *Screen, n *client.Notification) string { return strconv.FormatInt(n.AlertID, 10) }},
		{Title: "TARGET", flexible: true, Cell: func(_ *Screen, n *client.Notification) string { return oneLine(n.Target) }},
		{Title: "STATUS", Cell: func(_ *Screen, n *client.Notification) string { return notificationStatus(n) }},
		{Title: "CREATED", Cell: func(s *Screen, n *client.Notification) string { return s.moment(&n.CreatedAt) }},
		{Title: "ERROR", flexible: true, Cell: func(_ *Screen, n *client.Notification) string { return oneLine(n.Error) }},
	}
}

func notificationStatus(n *client.Notification) string {
	switch {
	case n.Dead:
		return n.Status + ", given up"
	case n.Attempts > 0:
		return fmt.Sprintf("%s, failed %d times", n.Status, n.Attempts)
	default:
		return n.Status
	}
}
