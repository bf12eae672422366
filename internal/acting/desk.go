package acting

import (
	"context"
	"log/slog"
	"time"

	"github.com/vedettehq/vedette/internal/lifecycle"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

// Store is what acting takes of the store.
type Store interface {
	store.People
	Now() time.Time
	Monitor(ctx context.Context, name string) (store.MonitorView, error)
	Alert(ctx context.Context, id int64) (store.AlertView, error)
	Issue(ctx context.Context, id int64) (store.IssueView, error)
	MarkAlerts(ctx context.Context, monitor string, now time.Time) (int, error)
}

// Desk is where people ask. Whoever asks is a person with an actor and perhaps a
// comment; when that is, the desk says. Errors are coded: CodeNotFound, CodeConflict
// if the state does not allow it, CodeInvalid if it makes no sense.
type Desk struct {
	store  Store
	logger *slog.Logger
}

// New makes a desk.
func New(from Store, logger *slog.Logger) *Desk { return &Desk{store: from, logger: logger} }

// Acknowledge says that somebody knows of the alert (R60).
func (d *Desk) Acknowledge(ctx context.Context, by lifecycle.Person, alertID int64) error {
	return d.alert(ctx, by, alertID, lifecycle.Acknowledge, false)
}

// Lock has new issues go to another alert (R61).
func (d *Desk) Lock(ctx context.Context, by lifecycle.Person, alertID int64) error {
	return d.alert(ctx, by, alertID, lifecycle.Lock, false)
}

// Unlock lets the alert gain issues again (R61).
func (d *Desk) Unlock(ctx context.Context, by lifecycle.Person, alertID int64) error {
	return d.alert(ctx, by, alertID, lifecycle.Unlock, false)
}

// SolveAlert solves the alert and its issues, where no run can (R62).
func (d *Desk) SolveAlert(ctx context.Context, by lifecycle.Person, alertID int64) error {
	return d.alert(ctx, by, alertID, lifecycle.SolveAlert, true)
}

// DropIssue ends an issue that is none (R63).
func (d *Desk) DropIssue(ctx context.Context, by lifecycle.Person, issueID int64) error {
	issue, err := d.store.Issue(ctx, issueID)
	if err != nil {
		return err
	}
	declaration, err := d.declaration(ctx, issue.MonitorName)
	if err != nil {
		return err
	}
	return d.change(ctx, store.Scope{IssueID: issueID}, lifecycle.DropIssue(declaration, d.now(by)))
}

// SetEnabled has the monitor scheduled or not (R64).
func (d *Desk) SetEnabled(ctx context.Context, by lifecycle.Person, name string, enabled bool) error {
	view, err := d.store.Monitor(ctx, name)
	if err != nil {
		return err
	}
	return d.change(ctx, store.Scope{Monitor: name}, lifecycle.SetEnabled(&view.Declaration, enabled, d.now(by)))
}

// Refresh makes tasks due now; 0: all that the monitor has (R65).
func (d *Desk) Refresh(ctx context.Context, by lifecycle.Person, name string, tasks monitor.Tasks) error {
	view, err := d.store.Monitor(ctx, name)
	if err != nil {
		return err
	}
	if tasks == 0 {
		tasks = view.Declaration.Tasks()
	}
	return d.change(ctx, store.Scope{Monitor: name}, lifecycle.Refresh(&view.Declaration, tasks, d.now(by)))
}

// Resend has what is shown of active alerts compared with how they are (R82): of one
// monitor, or of all if the name is empty. It says how many alerts that are.
func (d *Desk) Resend(ctx context.Context, by lifecycle.Person, name string) (int, error) {
	if name != "" {
		if _, err := d.store.Monitor(ctx, name); err != nil {
			return 0, err
		}
	}
	alerts, err := d.store.MarkAlerts(ctx, name, d.store.Now())
	if err != nil {
		return 0, err
	}
	// No event tells of it, as nothing about an alert changes.
	d.logger.InfoContext(ctx, "notifications resent", slog.String("monitor", name), slog.Int("alerts", alerts),
		slog.String("actor", by.Actor))
	return alerts, nil
}

// Documentation is the monitor's README.md; empty: it has none.
func (d *Desk) Documentation(ctx context.Context, name string) (string, error) {
	view, err := d.store.Monitor(ctx, name)
	return view.Documentation, err
}

func (d *Desk) alert(ctx context.Context, by lifecycle.Person, id int64, do func(*monitor.Declaration, lifecycle.Person) lifecycle.Action, issues bool) error {
	alert, err := d.store.Alert(ctx, id)
	if err != nil {
		return err
	}
	declaration, err := d.declaration(ctx, alert.MonitorName)
	if err != nil {
		return err
	}
	return d.change(ctx, store.Scope{AlertID: id, Issues: issues}, do(declaration, d.now(by)))
}

func (d *Desk) change(ctx context.Context, scope store.Scope, action lifecycle.Action) error {
	_, err := d.store.Change(ctx, scope, d.store.Now(), action)
	return err
}

// declaration is what the code of an alert's or issue's monitor declares. A
// deleted monitor has nothing active, so that every action is refused, whatever
// it had declared.
func (d *Desk) declaration(ctx context.Context, name string) (*monitor.Declaration, error) {
	view, err := d.store.Monitor(ctx, name)
	if monitor.CodeOf(err) == monitor.CodeNotFound {
		return &monitor.Declaration{}, nil
	}
	return &view.Declaration, err
}

func (d *Desk) now(by lifecycle.Person) lifecycle.Person {
	by.Now = d.store.Now()
	return by
}
