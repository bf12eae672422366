package scripttest

import (
	"context"
	"maps"
	"slices"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/run"
)

var (
	_ run.Caller       = (*world)(nil)
	_ run.SecretHolder = (*world)(nil)
)

// HTTP answers from the fakes.
func (w *world) HTTP(ctx context.Context, r monitor.Request) (monitor.Response, error) {
	return w.calls.answer(ctx, fakeHost{w}, r)
}

// Call answers the calls of runs, also from the fakes.
func (w *world) Call(ctx context.Context, r monitor.Request) (monitor.Response, error) {
	return w.HTTP(ctx, r)
}

// Secret gives a faked secret to the test's own code.
func (w *world) Secret(name string) (string, error) {
	value, err := w.LookupSecret(name)
	return value.Reveal(), err
}

// LookupSecret gives a faked secret. Where there is none it is the test that is at
// fault.
func (w *world) LookupSecret(name string) (monitor.Secret, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	value, ok := w.secrets[name]
	if !ok {
		return monitor.Secret{}, atFault("no fake_secret() gives the secret %q", name)
	}
	return value, nil
}

func (w *world) setSecret(name string, value monitor.Secret) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.secrets[name] = value
	w.log.redact(monitor.NewRedactor(slices.Collect(maps.Values(w.secrets))...))
}

// HTTP refuses.
func (fakeHost) HTTP(_ context.Context, r monitor.Request) (monitor.Response, error) {
	return monitor.Response{}, &monitor.Failure{Kind: monitor.FailureCode, Message: "http cannot be called inside of a fake's function: " + r.Method}
}
