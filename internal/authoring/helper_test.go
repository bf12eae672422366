package authoring

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/vedettehq/vedette/internal/app"
	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script/scripttest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// fakeTool finds what it is told to.
type fakeTool struct {
	validate      monitor.Diagnostics
	test          app.TestResult
	testErr       error
	preview       client.Preview
	tryFinds      monitor.Diagnostics
	tryErr        error
	tested, tried bool
}

func (f *fakeTool) Validate(string) monitor.Diagnostics { return f.validate }

func (f *fakeTool) Test(context.Context, string, string) (app.TestResult, error) {
	f.tested = true
	return f.test, f.testErr
}

func (f *fakeTool) Try(context.Context, string, app.TryOptions) (Tried, error) {
	f.tried = true
	return Tried{Preview: f.preview, Diagnostics: f.tryFinds, Where: "here"}, f.tryErr
}

func write(t *testing.T, path, text string) {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
}

// slowTool tests a folder once it may.
type slowTool struct {
	fakeTool
	// mays are closed when the folder of that name may be done.
	mays map[string]chan struct{}
}

func (s *slowTool) Test(ctx context.Context, dir, _ string) (app.TestResult, error) {
	select {
	case <-s.mays[dir]:
		if dir == "unreadable" {
			return app.TestResult{}, errUnreadable
		}
		return app.TestResult{Tests: []scripttest.Test{{Name: "test_" + dir, Passed: true}}}, nil
	case <-ctx.Done():
		return app.TestResult{}, ctx.Err()
	}
}

var errUnreadable = errors.New("no such folder")
