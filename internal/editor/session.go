package editor

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
)

// Server is what editing needs of the API; *client.Client is one.
type Server interface {
	Monitor(ctx context.Context, name string) (client.Monitor, error)
	Version(ctx context.Context, name string, number int) (client.VersionDetail, error)
	PutMonitor(ctx context.Context, name string, upload client.Upload, match string) (client.Registered, error)
}

var _ Server = (*client.Client)(nil)

// Config says with what and whom to edit.
type Config struct {
	Server Server
	// Open opens files in an editor, in the folder dir, and waits for it to end.
	Open func(ctx context.Context, dir string, files []string) error
	// Ask asks a question that is answered by yes or no; nil: there is nobody to ask,
	// and what would be asked is not done.
	Ask func(question string) (bool, error)
	// Once has mistakes told, instead of the files opened again: what opens them is a
	// program, which might make mistakes without end.
	Once bool
	// Tell says something, and Show shows a unified diff.
	Tell func(text string)
	Show func(patch string)
	// Message is kept with the version.
	Message string
	// DropIssues lets model_id_key change while issues are active.
	DropIssues bool
}

// ErrCancelled is that there was nothing to store.
var ErrCancelled = errors.New("cancelled, no changes made")

// Kept is the error of changes that were not stored. They are still there.
type Kept struct {
	// Dir is the monitor's folder with the changes.
	Dir string
	err error
	// isNew is that there was no such monitor when it was edited.
	isNew bool
}

// Error says what went wrong, and where the changes are.
func (k *Kept) Error() string {
	if k.isNew {
		return fmt.Sprintf("%v; your files are kept in %s: `vedette monitor apply %s` stores them", k.err, k.Dir, k.Dir)
	}
	return fmt.Sprintf("%v; your changes are kept in %s: `vedette monitor diff %s` compares them with what is stored, and `vedette monitor apply --force %s` replaces that by them",
		k.err, k.Dir, k.Dir, k.Dir)
}

func (k *Kept) Unwrap() error { return k.err }

// session is one monitor that is being edited.
type session struct {
	Config
	name  string
	space *workspace
	// base is what the changes are to, and match its ETag; empty for a monitor that is
	// to be created.
	base  monitor.Files
	match string
	// refused is the hash of what is not worth storing, as nothing has changed since.
	refused string
	// annotated is set once there have been comments of ours.
	annotated bool
}

// Edit has somebody change a stored monitor, and stores that. The error is
// [ErrCancelled] if nothing was changed, and a [*Kept] if what was changed could
// not be stored.
func Edit(ctx context.Context, config Config, name string) (client.Registered, error) {
	m, err := config.Server.Monitor(ctx, name)
	if err != nil {
		return client.Registered{}, err
	}
	version, err := config.Server.Version(ctx, name, m.Version)
	if err != nil {
		return client.Registered{}, fmt.Errorf("read version %d of %s: %w", m.Version, name, err)
	}
	if err := allowed(ctx, config.Server, &m, version.Files); err != nil {
		return client.Registered{}, err
	}
	s := &session{Config: config, name: name, base: version.Files, match: m.ETag, refused: monitor.Files(version.Files).Hash()}
	return s.run(ctx, version.Files)
}

// allowed tells why a monitor cannot be changed by whoever asks, before they have
// typed anything: storing what is stored changes nothing, and is refused as a
// change would be.
func allowed(ctx context.Context, server Server, m *client.Monitor, files monitor.Files) error {
	_, err := server.PutMonitor(ctx, m.Name, client.Upload{Files: files}, m.ETag)
	switch monitor.CodeOf(err) {
	case monitor.CodeForbidden, monitor.CodeConflict:
		return err
	default:
		// Whatever else there is, such as code that does not compile any more, is a
		// reason to edit, or is seen to afterwards.
		return nil
	}
}

// Create has somebody start a new monitor from files, and stores it. An emptied
// monitor.star is [ErrCancelled].
func Create(ctx context.Context, config Config, name string, files monitor.Files) (client.Registered, error) {
	s := &session{Config: config, name: name, base: files}
	return s.run(ctx, files)
}

func (s *session) run(ctx context.Context, files monitor.Files) (registered client.Registered, err error) {
	if s.space, err = newWorkspace(s.name, files); err != nil {
		return registered, err
	}
	for again := true; again; {
		registered, again, err = s.round(ctx)
	}
	if _, kept := errors.AsType[*Kept](err); !kept {
		s.space.remove()
	}
	return registered, err
}

// round opens the files once and stores what became of them, unless that has to be
// seen to again.
func (s *session) round(ctx context.Context) (registered client.Registered, again bool, err error) {
	before, _, err := s.space.read()
	if err != nil {
		return registered, false, s.keep(err)
	}
	if err := s.Open(ctx, s.space.dir(), s.space.paths(before)); err != nil {
		return registered, false, s.keep(err)
	}
	mine, found, err := s.read()
	switch {
	case err != nil:
		return registered, false, s.keep(err)
	case s.isCancelled(mine):
		return registered, false, ErrCancelled
	case mine.Hash() == s.refused:
		return registered, false, s.keep(errors.New("edit cancelled, no valid changes were saved"))
	case len(found) > 0:
		again, err = s.mend(mine, found)
		return registered, again, err
	}
	if s.match == "" && mine.Hash() == s.base.Hash() && !s.isSure("Nothing was changed. Store the template as it is?") {
		return registered, false, ErrCancelled
	}
	registered, err = s.Server.PutMonitor(ctx, s.name, client.Upload{Files: mine, Message: s.Message, DropIssues: s.DropIssues}, s.match)
	if err == nil {
		return registered, false, nil
	}
	return s.refuse(ctx, mine, err)
}

// read reads what was saved, without our comments.
func (s *session) read() (monitor.Files, []client.Diagnostic, error) {
	files, found, err := s.space.read()
	if err == nil && s.annotated {
		files = withoutComments(files)
	}
	return files, found, err
}

// isCancelled tells whether there is nothing to store: no change to what is stored,
// or no code for what is new.
func (s *session) isCancelled(mine monitor.Files) bool {
	if s.match != "" {
		return mine.Hash() == s.base.Hash()
	}
	return strings.TrimSpace(mine[monitor.CodeFile]) == ""
}

// isSure asks, where there is somebody to ask.
func (s *session) isSure(question string) bool {
	if s.Ask == nil {
		return true
	}
	yes, err := s.Ask(question)
	return yes && err == nil
}

// refuse sees to what the server did not take.
func (s *session) refuse(ctx context.Context, mine monitor.Files, err error) (registered client.Registered, again bool, _ error) {
	if invalid, ok := errors.AsType[*client.Invalid](err); ok {
		again, err = s.mend(mine, invalid.Diagnostics)
		return registered, again, err
	}
	switch monitor.CodeOf(err) {
	case monitor.CodeInvalid:
		again, err = s.mend(mine, []client.Diagnostic{{File: monitor.CodeFile, Message: err.Error()}})
		return registered, again, err
	case monitor.CodeStale:
		return s.rebase(ctx, mine)
	default:
		return registered, false, s.keep(err)
	}
}

// mend has somebody see to mistakes.
func (s *session) mend(mine monitor.Files, found []client.Diagnostic) (again bool, err error) {
	if !s.Once {
		return s.reopen(mine, mistakes(mine, found))
	}
	for _, d := range found {
		s.Tell(place(d.File, d.Line, d.Column) + ": " + d.Severity + ": " + d.Message)
	}
	return false, s.keep(errors.New("it cannot be stored as it is"))
}

// reopen writes what somebody typed back, with comments; saving just that again is
// giving up.
func (s *session) reopen(mine monitor.Files, comments notes) (again bool, err error) {
	s.annotated, s.refused = true, mine.Hash()
	if err := s.space.write(comments.write(mine)); err != nil {
		return false, s.keep(err)
	}
	if err := s.space.move(); err != nil {
		return false, s.keep(err)
	}
	return true, nil
}

// keep makes an error of one that says where the changes are, if there are any.
func (s *session) keep(err error) error {
	mine, _, readErr := s.read()
	if readErr == nil && mine.Hash() == s.base.Hash() {
		return err
	}
	if readErr == nil && s.annotated {
		readErr = s.space.write(mine)
	}
	return &Kept{Dir: s.space.dir(), err: errors.Join(err, readErr), isNew: s.match == ""}
}
