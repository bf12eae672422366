package authoring

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/vedettehq/vedette/internal/app"
	"github.com/vedettehq/vedette/internal/catalog"
	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
)

// Local tries monitors in this process; *app.Author does.
type Local interface {
	// Read gives what a server is to be sent of a folder.
	Read(dir string) (client.Draft, monitor.Diagnostics, error)
	// Try runs the monitor without writing anything.
	Try(ctx context.Context, dir string, options app.TryOptions) (client.Preview, monitor.Diagnostics, error)
}

var _ Local = (*app.Author)(nil)

// Server tries monitors on its own databases, from what is stored of them.
type Server interface {
	Server() string
	Alive(ctx context.Context) error
	Monitor(ctx context.Context, name string) (client.Monitor, error)
	Version(ctx context.Context, name string, number int) (client.VersionDetail, error)
	Try(ctx context.Context, request client.TryRequest) (client.Preview, error)
}

var _ Server = (*client.Client)(nil)

// Tryer tries monitors where their databases are: on the server if it answers,
// else in this process.
type Tryer struct {
	Local Local
	// Server is nil if it is not to be asked.
	Server Server
	// MustAnswer has a server that does not answer be an error.
	MustAnswer bool
}

// Tried is what became of a try.
type Tried struct {
	Preview client.Preview
	// Diagnostics with errors mean that it did not run.
	Diagnostics monitor.Diagnostics
	// Where says where it ran, for people.
	Where string
	// Remote tells whether the server was asked: then an error is the server's.
	Remote bool
}

// Try tries the monitor in a folder, or if there is none, the stored one of that
// name.
func (t *Tryer) Try(ctx context.Context, target string, options app.TryOptions) (Tried, error) {
	isName, err := isNameOnly(target)
	if err != nil {
		return Tried{}, err
	}
	if t.Server == nil {
		if isName {
			return Tried{}, fmt.Errorf("there is no folder %s, and without a server no stored monitor", target)
		}
		return t.local(ctx, target, options, "in this process")
	}
	switch err := t.Server.Alive(ctx); {
	case err == nil && isName:
		return t.stored(ctx, target, options)
	case err == nil:
		return t.remote(ctx, target, options)
	case isName:
		return Tried{}, fmt.Errorf("there is no folder %s, and no server to ask for a stored monitor: %w", target, err)
	case t.MustAnswer || ctx.Err() != nil:
		return Tried{}, err
	default:
		return t.local(ctx, target, options, fmt.Sprintf("in this process: %v", err))
	}
}

// isNameOnly tells whether there is no such folder, but could be a monitor of that
// name.
func isNameOnly(target string) (bool, error) {
	_, err := os.Stat(target)
	switch {
	case err == nil:
		return false, nil
	case errors.Is(err, fs.ErrNotExist) && monitor.CheckName(target) == nil:
		return true, nil
	case errors.Is(err, fs.ErrNotExist):
		return false, fmt.Errorf("there is no folder %s", target)
	default:
		return false, fmt.Errorf("read the monitor: %w", err)
	}
}

func (t *Tryer) local(ctx context.Context, dir string, options app.TryOptions, where string) (Tried, error) {
	preview, diagnostics, err := t.Local.Try(ctx, dir, options)
	return Tried{Preview: preview, Diagnostics: diagnostics, Where: where}, err
}

func (t *Tryer) remote(ctx context.Context, dir string, options app.TryOptions) (Tried, error) {
	draft, diagnostics, err := t.Local.Read(dir)
	if err != nil || diagnostics.HasErrors() {
		return Tried{Diagnostics: diagnostics}, err
	}
	tried, err := t.ask(ctx, draft, options)
	for i := range tried.Diagnostics {
		tried.Diagnostics[i].File = catalog.Locate(dir, tried.Diagnostics[i].File)
	}
	tried.Diagnostics = append(diagnostics, tried.Diagnostics...)
	return tried, err
}

// stored tries the current version of a stored monitor.
func (t *Tryer) stored(ctx context.Context, name string, options app.TryOptions) (Tried, error) {
	stored, err := t.Server.Monitor(ctx, name)
	if monitor.CodeOf(err) == monitor.CodeNotFound {
		return Tried{Remote: true}, fmt.Errorf("there is no folder %s, and on %s: %w", name, t.Server.Server(), err)
	}
	if err != nil {
		return Tried{Remote: true}, err
	}
	version, err := t.Server.Version(ctx, name, stored.Version)
	if err != nil {
		return Tried{Remote: true}, err
	}
	tried, err := t.ask(ctx, client.Draft{Name: name, Files: version.Files}, options)
	tried.Where = fmt.Sprintf("version %d, %s", version.Number, tried.Where)
	return tried, err
}

// ask has the server try a draft.
func (t *Tryer) ask(ctx context.Context, draft client.Draft, options app.TryOptions) (Tried, error) {
	request := client.TryRequest{Draft: draft, Tasks: options.Tasks.Names()}
	start := "from the issues that are stored"
	if options.Issues != nil {
		start = "from the issues given"
		request.Issues = make([]json.RawMessage, len(options.Issues))
		for i, data := range options.Issues {
			request.Issues[i] = json.RawMessage(data)
		}
	}
	preview, err := t.Server.Try(ctx, request)
	tried := Tried{Preview: preview, Where: fmt.Sprintf("on %s, %s", t.Server.Server(), start), Remote: true}
	if invalid, ok := errors.AsType[*client.Invalid](err); ok {
		tried.Diagnostics = diagnosticsOf(invalid.Diagnostics)
		return tried, nil
	}
	tried.Diagnostics = diagnosticsOf(preview.Diagnostics)
	return tried, err
}

func diagnosticsOf(list []client.Diagnostic) monitor.Diagnostics {
	diagnostics := make(monitor.Diagnostics, len(list))
	for i, d := range list {
		diagnostics[i] = monitor.Diagnostic{File: d.File, Line: d.Line, Column: d.Column, Message: d.Message, Severity: monitor.Severity(d.Severity), Code: monitor.DiagnosticCode(d.Code)}
	}
	return diagnostics
}
