package monitor

import "time"

// NoticeStatus is where a notice is in its life.
type NoticeStatus string

// The statuses of a notice.
const (
	// NoticeNone: nothing is shown, and nothing was sent.
	NoticeNone NoticeStatus = "none"
	// NoticeSending: a message was about to be sent; whether it was, nobody knows
	// before it is looked up (R83).
	NoticeSending NoticeStatus = "sending"
	NoticeShown   NoticeStatus = "shown"
	NoticeClosed  NoticeStatus = "closed"
)

// Notice is what is known of one alert's notification on one target (R82). There
// is at most one for each alert and target.
type Notice struct {
	ID        int64
	MonitorID int64
	AlertID   int64
	// Target is the key of the target: plugin and destination.
	Target string
	Status NoticeStatus
	// Nonce travels in the message (R83); empty while none was sent.
	Nonce string
	// Ref is where the target shows it, in the target's words.
	Ref string
	// Shown is the fingerprint of what is shown.
	Shown string
	// Mentioned tells whether people were called since the alert last came to need
	// them (R84). MentionNonce is set while a call was about to be sent.
	Mentioned    bool
	MentionNonce string
	// Attempts counts failures in a row, since FailingSince.
	Attempts     int
	FailingSince time.Time
	// Dead is set when it is not tried again by itself. Error is the last failure.
	Dead  bool
	Error string
	// Marks counts how often it was marked as due: whoever has settled it for one
	// mark leaves it due if another came.
	Marks     int64
	CreatedAt time.Time
	ClosedAt  time.Time
}
