package notifier

import (
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/notify"
	"github.com/vedettehq/vedette/internal/store"
)

// want is what is to become of a notice.
type want int

const (
	// idle: it is as it should be.
	idle want = iota
	// show: nothing is shown and something should be.
	show
	// keep: what is shown should be as the alert is.
	keep
	// end: what is shown should say that it is over.
	end
)

// decide says what is to become of a notice (R82). declared is what the monitor
// wants of the target; nil: nothing. It is created when the alert is important
// enough and nobody knows of it; once there, it stays until the end. A silence
// leaves what is shown as it is, but lets it end.
func decide(n *monitor.Notice, view *store.NoticeView, declared *monitor.Notification, silenced bool) want {
	shown := n.Status == monitor.NoticeShown || n.Status == monitor.NoticeSending
	over := declared == nil || view.Alert.Status != monitor.AlertActive
	switch {
	case over && shown:
		return end
	case over, silenced:
		return idle
	case n.Status == monitor.NoticeShown:
		return keep
	case declared.Sends(view.Alert.Priority) && !view.Alert.IsPriorityAcknowledged():
		return show
	default:
		return idle
	}
}

// isCalling tells whether people are to be called to the alert (R84).
func isCalling(view *store.NoticeView, declared *monitor.Notification) bool {
	return declared != nil && view.Alert.Status == monitor.AlertActive && !view.Alert.IsPriorityAcknowledged() &&
		declared.Mentions(view.Alert.Priority)
}

// reasonToEnd says why a notice ends.
func reasonToEnd(view *store.NoticeView) notify.Closed {
	if view.Alert.Status != monitor.AlertActive {
		return notify.ClosedSolved
	}
	return notify.ClosedRemoved
}
