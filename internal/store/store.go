// Package store is the port to the application database: the truth about
// monitors, executions, issues, alerts and events.
//
// The port is cut into roles, so that each consumer names what it needs. The
// statements are written once, in sqlstore; postgres and sqlite connect them to
// a database, and storetest says what both must do.
//
// It must not know what a run decides: that is in lifecycle, whose pure
// functions it calls inside its transactions.
package store

import (
	"context"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
)

// Store is a whole application database. Its errors are coded: among others
// monitor.CodeUnavailable while the database is away or a lock was not had
// within five seconds, and monitor.CodeFenced for an execution that is no
// longer the caller's.
type Store interface {
	Clock
	Scheduling
	Leases
	Runs
	People
	Versions
	History
	Trials
	Reading
	Overview
	Deliveries
	Redelivering
	Notices
	Silences
	Cleaning
	Tokens
	Sessions
	Idempotency
	// Ping tells whether the database answers.
	Ping(ctx context.Context) error
	// Close releases the connections. No call may be under way.
	Close() error
}

// Clock tells the store's time (R77).
type Clock interface {
	// Now is the store's time as of the last Sync: the process's monotonic clock
	// plus a fixed offset. It never blocks.
	Now() time.Time
	// Sync samples the store's clock and returns its offset to the process's.
	Sync(ctx context.Context) (offset time.Duration, err error)
}

// Scheduling is what a controller needs to decide what is due.
type Scheduling interface {
	// ClaimDue takes up to limit monitors whose next_due_at has come, advances the
	// next times of their due tasks by their crons in the given zone, and creates
	// their queued executions, in one transaction (R73). It returns the
	// executions' ids, longest due first. Any number of controllers may call it. A
	// cron that this binary cannot read stops nobody else: its task is put off by an
	// hour, and an error comes along with the ids.
	ClaimDue(ctx context.Context, now time.Time, zone *time.Location, limit int) ([]int64, error)
	// EndLost ends the running executions whose executor's lease is gone as lost,
	// and makes their tasks due again with the backoff of R74. Executions of the
	// executor named own are left alone. Deliveries that such executors had taken are
	// open again.
	EndLost(ctx context.Context, now time.Time, own string) ([]Lost, error)
	// Reschedule recomputes the next times of monitors whose zone is another one
	// than the given (R76). It returns how many there were. A cron that this binary
	// cannot read stops nobody else: its task keeps its time, and an error comes along.
	Reschedule(ctx context.Context, now time.Time, zone *time.Location) (int, error)
}

// Lost is an execution whose executor is gone.
type Lost struct {
	ExecutionID int64
	Monitor     string
	ExecutorID  string
	// DueAt is when its tasks are due again.
	DueAt time.Time
}

// Leases keep processes alive in the others' eyes.
type Leases interface {
	// RegisterExecutor makes an executor known, with a lease until the given time.
	RegisterExecutor(ctx context.Context, id string, now, until time.Time) error
	// RenewExecutor extends the lease. It is an error with CodeFenced if that has
	// run out: whether or not somebody has found that yet, its executions are lost.
	RenewExecutor(ctx context.Context, id string, now, until time.Time) error
	// RemoveExecutor ends the lease: the process has stopped in order.
	RemoveExecutor(ctx context.Context, id string) error
	// AcquireLease takes or extends the lease of one name for holder (R78) and
	// tells whether the holder has it now.
	AcquireLease(ctx context.Context, name, holder string, now, until time.Time) (bool, error)
	// ReleaseLease gives it up if holder has it.
	ReleaseLease(ctx context.Context, name, holder string) error
}

// Exclusive is what a store also is that only one process can have open. That
// process alone can write, so nobody else takes it for dead; a renewal of its
// lease may have to wait for its own writing, for as long as that takes.
type Exclusive interface {
	// Exclusive does nothing: that it is there says it.
	Exclusive()
}

// Runs is what an executor needs: the three steps of a run that touch the store.
type Runs interface {
	// Take makes a queued execution running, in the executor's name (R04): the
	// one hinted at, or if that is gone or hint is 0 the oldest queued one. It
	// returns nil if nothing is queued, and CodeFenced if the executor's lease is not
	// good. Executions of monitors that were disabled meanwhile are ended as cancelled
	// on the way (R64).
	Take(ctx context.Context, executor string, hint int64, now time.Time) (*Taken, error)
	// Load reads what is active of the fence's monitor, with its variables (R01).
	Load(ctx context.Context, fence monitor.Fence) (monitor.Snapshot, error)
	// Commit writes a run (R01-R05), in one transaction: it requires that the
	// execution is running with the fence's token (CodeFenced otherwise), reloads
	// alerts and issues if the monitor's revision moved since loaded, looks modelIDs
	// up among closed issues, calls decide and writes the plan it returns. The
	// number of statements does not depend on the number of issues up to a batch.
	// The plan comes back with the ids that were given.
	Commit(ctx context.Context, fence monitor.Fence, loaded monitor.Snapshot, modelIDs []string, now time.Time, decide func(monitor.Snapshot) monitor.Plan) (monitor.Plan, error)
	// Ended tells whether the execution has ended with the fence's token: after a
	// commit whose connection broke, whether it took place (R04).
	Ended(ctx context.Context, fence monitor.Fence) (bool, error)
	// Fail ends the execution as failed and changes nothing else (R04).
	Fail(ctx context.Context, fence monitor.Fence, report monitor.Report, now time.Time) error
	// HandBack makes running executions queued again, as if never taken (R74).
	// Those that are no longer the fence's are passed over.
	HandBack(ctx context.Context, fences []monitor.Fence) error
}

// Taken is an execution that an executor has taken.
type Taken struct {
	Fence     monitor.Fence
	Execution monitor.Execution
	// MonitorName and VersionID say what to run.
	MonitorName string
	VersionID   int64
}

// People is what the API needs to act on somebody's behalf.
type People interface {
	// Change locks what scope names, calls decide with a snapshot of just that,
	// and writes the plan it returns, in one transaction. An error of decide is
	// returned as it is and nothing is written; so is nothing for an empty plan.
	// CodeNotFound if scope names nothing.
	Change(ctx context.Context, scope Scope, now time.Time, decide func(monitor.Snapshot) (monitor.Plan, error)) (monitor.Plan, error)
}

// Scope names what an action is about. Exactly one of Monitor, AlertID and
// IssueID is set.
type Scope struct {
	// Monitor is a monitor's name: the snapshot has its row.
	Monitor string
	// AlertID: the snapshot has the monitor's row and this one alert, in any status.
	AlertID int64
	// IssueID: the snapshot has the monitor's row, this one issue, in any status,
	// and its alert if it has one.
	IssueID int64
	// Issues asks for the active issues of the alert, or all active alerts and
	// issues of the monitor, as well.
	Issues bool
}

// Stale is the error of who would replace what somebody else has made current
// meanwhile: it says who, and when.
func Stale(current *monitor.Version) error {
	return monitor.Errorf(monitor.CodeStale, "monitor %q is at version %d by now, which %s registered at %s",
		current.MonitorName, current.Number, current.Author, current.CreatedAt.UTC().Format(time.RFC3339))
}

// Versions holds the code of monitors.
type Versions interface {
	// Register stores a version and makes it current, creating the monitor if
	// there is none of that name. Files that equal the current version's give
	// back the current version and false. See [Registration] for what is refused.
	Register(ctx context.Context, r Registration, now time.Time) (monitor.Version, bool, error)
	// Version reads one version by its id.
	Version(ctx context.Context, id int64) (monitor.Version, error)
	// Current lists the current version of every monitor that is not archived,
	// without its files, by monitor name.
	Current(ctx context.Context) ([]Current, error)
	// HasHash tells whether content of this hash is any version of the named monitor (R78).
	HasHash(ctx context.Context, name, hash string) (bool, error)
}

// Registration asks for a new version of a monitor.
type Registration struct {
	Name        string
	Files       monitor.Files
	Declaration monitor.Declaration
	Source      monitor.Source
	Author      string
	Message     string
	// Zone is the time zone in which its crons are meant.
	Zone *time.Location
	// IfVersionID, if not 0, is the id of the version that must be current: CodeStale
	// otherwise. A monitor of the same name that was made anew has other ids.
	IfVersionID int64
	// IfAbsent makes a new monitor: CodeStale if there is one of that name.
	IfAbsent bool
	// DropIssues drops the active issues if model_id_key changes: without it that
	// is refused with CodeConflict (R67).
	DropIssues bool
}

// Current is a monitor with its current version.
type Current struct {
	Monitor     string
	MonitorID   int64
	VersionID   int64
	Number      int
	Hash        string
	Source      monitor.Source
	Declaration monitor.Declaration
}

// Deliveries is the work that events leave to be done (R80, R81).
type Deliveries interface {
	// TakeDeliveries takes up to limit open deliveries that are due, oldest first,
	// all of one monitor: that of the oldest one whose monitor is not among except,
	// which are those the caller is busy with. So a monitor with slow reactions
	// keeps no other waiting (R81). They are the executor's: until they are settled
	// or its lease is gone nobody else gets them. A delivery is not due while an
	// earlier one of the same alert or issue is open, or a later one is being made.
	TakeDeliveries(ctx context.Context, executor string, except []int64, limit int, now time.Time) ([]monitor.Delivery, error)
	// SettleDelivery ends one: done, or to be tried again at retryAt, or dead if
	// that is zero and failure is not empty.
	SettleDelivery(ctx context.Context, id int64, executor, failure string, retryAt, now time.Time) error
	// SetVariables writes variables that a reaction set, under the monitor's lock (R81).
	SetVariables(ctx context.Context, monitorID int64, values map[string]monitor.Data, now time.Time) error
	// Variables reads a monitor's variables.
	Variables(ctx context.Context, monitorID int64) (map[string]monitor.Data, error)
}

// Cleaning removes what is too old to be of use. Each call removes at most limit
// rows and says how many it did.
type Cleaning interface {
	// CleanEvents removes events from before a time, and at any age those that were
	// only written to be delivered, once they have been; but none with an open
	// delivery (R80), nor the newest of all.
	CleanEvents(ctx context.Context, before time.Time, limit int) (int, error)
	// CleanExecutions removes executions that ended before a time, but for each
	// monitor's last one.
	CleanExecutions(ctx context.Context, before time.Time, limit int) (int, error)
}

// Migrator is what a store that has a schema of ours also is.
type Migrator interface {
	// Up migrates to the newest schema this binary has, or by steps if not 0.
	Up(ctx context.Context, steps int) error
	// Down migrates back by steps; 0 means all the way.
	Down(ctx context.Context, steps int) error
	// Force sets the version without migrating, after a repair by hand.
	Force(ctx context.Context, version int) error
	// SchemaVersion reads the version of the database, 0 if it has none, whether
	// a migration was left half done, and the newest version this binary has.
	SchemaVersion(ctx context.Context) (version int, dirty bool, newest int, err error)
	// CheckSchema is an error with CodeSchema if this binary cannot work with the
	// schema; it names the command that helps.
	CheckSchema(ctx context.Context) error
}
