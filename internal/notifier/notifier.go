package notifier

import (
	"context"
	"log/slog"
	"slices"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/vedettehq/vedette/internal/lifecycle"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/notify"
	"github.com/vedettehq/vedette/internal/store"
)

// Store is what a notifier needs of the store.
type Store interface {
	Now() time.Time
	store.Notices
}

// Silencer says of which alerts nobody wants to hear for now.
type Silencer interface {
	// Silenced tells whether a silence is in force for the alert.
	Silenced(ctx context.Context, view *store.NoticeView, now time.Time) (bool, error)
}

// Receiver is a name of the configuration under which monitors have people told.
type Receiver struct {
	Name    string
	Targets []notify.Target
	// Throttle bounds the new messages of each target. The zero value does not.
	Throttle Throttle
}

// Throttle bounds the new messages of a target: so many in so much time. More are
// held back, and that is said once.
type Throttle struct {
	Max int
	Per time.Duration
}

// Deps is what a notifier works with.
type Deps struct {
	Store     Store
	Receivers []Receiver
	// Silencer may be nil: nothing is silenced.
	Silencer   Silencer
	Logger     *slog.Logger
	Registerer prometheus.Registerer
}

// Config bounds the work. Zero fields take the defaults.
type Config struct {
	// URL is where people reach the dashboard; empty: nothing is linked.
	URL string
	// SaveEvents says which events stay in the history (R80).
	SaveEvents lifecycle.SaveEvents
	// Batch is the most alerts and the most notices taken at a time. Default: 100.
	Batch int
	// Slice is how long one target may be told things before others get their turn.
	// Default: 10s.
	Slice time.Duration
	// CallTimeout bounds each call of a target. Default: 15s.
	CallTimeout time.Duration
	// GiveUpAfter is for how long a notice is tried that keeps failing. Default: 24h.
	GiveUpAfter time.Duration
	// Backoff is the pause after the first failure; it doubles with each further
	// one, up to MaxBackoff. Defaults: 2s, 10m.
	Backoff    time.Duration
	MaxBackoff time.Duration
}

func (c Config) withDefaults() Config {
	setDefault(&c.Batch, 100)
	setDefault(&c.Slice, 10*time.Second)
	setDefault(&c.CallTimeout, 15*time.Second)
	setDefault(&c.GiveUpAfter, 24*time.Hour)
	setDefault(&c.Backoff, 2*time.Second)
	setDefault(&c.MaxBackoff, 10*time.Minute)
	return c
}

func setDefault[T int | time.Duration](field *T, value T) {
	if *field <= 0 {
		*field = value
	}
}

// Notifier tells people of alerts. It is safe for concurrent use.
type Notifier struct {
	Deps
	config  Config
	metrics *metrics
	// targets are by their key, keys by the receiver's name.
	targets map[string]*target
	keys    map[string][]string
	unknown unknown
}

// target is a target with its bounds.
type target struct {
	notify.Target
	key      string
	throttle Throttle
}

// New makes a notifier. Receivers that share a target share its bounds: those of
// the first.
func New(deps Deps, config Config) *Notifier {
	n := &Notifier{
		Deps:    deps,
		config:  config.withDefaults(),
		metrics: newMetrics(deps.Registerer),
		targets: map[string]*target{},
		keys:    map[string][]string{},
		unknown: unknown{said: map[string]bool{}},
	}
	for _, receiver := range deps.Receivers {
		for _, t := range receiver.Targets {
			key := t.Key()
			n.keys[receiver.Name] = append(n.keys[receiver.Name], key)
			if n.targets[key] == nil {
				n.targets[key] = &target{Target: t, key: key, throttle: receiver.Throttle}
			}
		}
	}
	return n
}

// Take routes what is marked, and takes a target that has something to be told, in
// the executor's name. The function that it gives does that, and must be called; it
// is nil if nothing is due.
func (n *Notifier) Take(ctx context.Context, executor string) (func(context.Context), error) {
	for {
		routed, err := n.Store.RouteMarks(ctx, n.config.Batch, n.Store.Now(), n.route)
		if err != nil {
			return nil, err
		}
		if routed < n.config.Batch {
			break
		}
	}
	taken, err := n.Store.TakeTarget(ctx, executor, n.config.Batch, n.Store.Now())
	if err != nil || taken == nil {
		return nil, err
	}
	turn := &turn{Notifier: n, executor: executor, taken: taken, target: n.targets[taken.Target]}
	return turn.run, nil
}

// route gives the keys of the targets that are declared. A receiver that is not
// configured here tells nobody, which is logged.
func (n *Notifier) route(declared []monitor.Notification) []string {
	var keys []string
	for _, d := range declared {
		if len(n.keys[d.Receiver]) == 0 {
			n.unknown.say(n.Logger, d.Receiver)
		}
		keys = append(keys, n.keys[d.Receiver]...)
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// declaredFor gives the first of the monitor's notifications that is told on a
// target; nil: none is.
func (n *Notifier) declaredFor(key string, d *monitor.Declaration) *monitor.Notification {
	for i := range d.Options.Notifications {
		if slices.Contains(n.keys[d.Options.Notifications[i].Receiver], key) {
			return &d.Options.Notifications[i]
		}
	}
	return nil
}
