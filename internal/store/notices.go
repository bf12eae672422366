package store

import (
	"context"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
)

// Notices is what telling people of alerts takes (R82-R84). What happens to an
// alert only marks it. Marks are routed to the targets of the configuration, and
// each target then is brought up to date by one executor at a time.
type Notices interface {
	// RouteMarks takes up to limit alerts that are marked, longest first, and makes
	// their notices due: those on the targets that route gives for what the
	// monitor's current version declares, and those that are there already. route is
	// not asked about alerts that have ended. It says how many alerts there were.
	RouteMarks(ctx context.Context, limit int, now time.Time, route func([]monitor.Notification) []string) (int, error)
	// MarkAlerts marks all active alerts, of the named monitor if the name is not
	// empty, whose monitor declares notifications or that have a notice. It says how
	// many there were.
	MarkAlerts(ctx context.Context, monitor string, now time.Time) (int, error)
	// TakeTarget takes the target that is due the longest, in the executor's name
	// until it is released or the executor's lease is gone; nil if none is due. It is
	// an error with CodeFenced if the lease is not good.
	TakeTarget(ctx context.Context, executor string, limit int, now time.Time) (*TakenTarget, error)
	// ReleaseTarget gives a target back.
	ReleaseTarget(ctx context.Context, executor string, target TargetState) error
	// NoticeView reads what there is to show of an alert, with up to issues of its
	// active issues, oldest first.
	NoticeView(ctx context.Context, alertID int64, issues int) (NoticeView, error)
	// SaveNotice writes a notice of a target that the executor has taken (CodeFenced
	// otherwise), with the event if that has a name (R03). It is due again at due, or
	// not if that is zero; but at once if it was marked meanwhile.
	SaveNotice(ctx context.Context, executor string, notice monitor.Notice, due time.Time, event monitor.Event, now time.Time) error
	// Notices lists notices, newest first.
	Notices(ctx context.Context, f NoticeFilter, page Page) ([]monitor.Notice, error)
}

// TargetState is what is remembered of a target from one turn to the next.
type TargetState struct {
	Target string
	// NextAt is when it may be told the next thing.
	NextAt time.Time
	// Sent counts the new messages since WindowAt.
	WindowAt time.Time
	Sent     int
	// ToldAt is the WindowAt in which it was said that messages are held back.
	ToldAt time.Time
	// Failures counts failures in a row; Error is the last.
	Failures int
	Error    string
}

// TakenTarget is a target with what is due on it.
type TakenTarget struct {
	TargetState
	// Notices are due, longest first.
	Notices []monitor.Notice
	// Due counts all that are due.
	Due int
}

// NoticeView is what there is to show of an alert.
type NoticeView struct {
	// Alert is in any status, with the number of its active issues.
	Alert monitor.Alert
	// Monitor is the monitor's name; Archived tells whether it was deleted.
	Monitor  string
	Archived bool
	// Declaration is that of the monitor's current version.
	Declaration monitor.Declaration
	Issues      []monitor.Issue
}

// NoticeFilter narrows a list of notices. Zero fields do not.
type NoticeFilter struct {
	AlertID int64
	Target  string
	// Dead asks for those that are not tried again by themselves.
	Dead bool
}
