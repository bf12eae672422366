package acting

import (
	"context"

	"github.com/vedettehq/vedette/internal/lifecycle"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/notify"
)

// Chat is a desk for those who ask in a chat, and have nothing to say but what.
type Chat struct{ desk *Desk }

var _ notify.Actions = Chat{}

// Chat gives the desk as chats see it.
func (d *Desk) Chat() Chat { return Chat{d} }

// Acknowledge says that somebody knows of the alert.
func (c Chat) Acknowledge(ctx context.Context, actor string, alertID int64) error {
	return c.desk.Acknowledge(ctx, lifecycle.Person{Actor: actor}, alertID)
}

// Lock has new issues go to another alert.
func (c Chat) Lock(ctx context.Context, actor string, alertID int64) error {
	return c.desk.Lock(ctx, lifecycle.Person{Actor: actor}, alertID)
}

// Unlock lets the alert gain issues again.
func (c Chat) Unlock(ctx context.Context, actor string, alertID int64) error {
	return c.desk.Unlock(ctx, lifecycle.Person{Actor: actor}, alertID)
}

// SolveAlert solves the alert and its issues.
func (c Chat) SolveAlert(ctx context.Context, actor string, alertID int64) error {
	return c.desk.SolveAlert(ctx, lifecycle.Person{Actor: actor}, alertID)
}

// DropIssue ends an issue that is none.
func (c Chat) DropIssue(ctx context.Context, actor string, issueID int64) error {
	return c.desk.DropIssue(ctx, lifecycle.Person{Actor: actor}, issueID)
}

// SetEnabled has a monitor scheduled or not.
func (c Chat) SetEnabled(ctx context.Context, actor, name string, enabled bool) error {
	return c.desk.SetEnabled(ctx, lifecycle.Person{Actor: actor}, name, enabled)
}

// Refresh makes tasks of a monitor due now.
func (c Chat) Refresh(ctx context.Context, actor, name string, tasks monitor.Tasks) error {
	return c.desk.Refresh(ctx, lifecycle.Person{Actor: actor}, name, tasks)
}

// Documentation is a monitor's README.md.
func (c Chat) Documentation(ctx context.Context, name string) (string, error) {
	return c.desk.Documentation(ctx, name)
}

// Resend has all notifications compared with how the alerts are.
func (c Chat) Resend(ctx context.Context, actor string) (int, error) {
	return c.desk.Resend(ctx, lifecycle.Person{Actor: actor}, "")
}
