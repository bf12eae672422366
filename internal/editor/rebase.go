package editor

import (
	"context"
	"fmt"
	"strings"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/patch"
)

// rebase shows what somebody else stored meanwhile, and offers to bring that and
// mine together. It stores nothing: what becomes of the two is looked at first.
func (s *session) rebase(ctx context.Context, mine monitor.Files) (registered client.Registered, again bool, _ error) {
	theirs, version, err := s.theirs(ctx)
	if err != nil {
		return registered, false, s.keep(err)
	}
	if monitor.Files(version.Files).Hash() == mine.Hash() {
		return client.Registered{Monitor: theirs}, false, nil
	}
	who := version.Describe()
	s.Tell(fmt.Sprintf("%s was changed meanwhile: %s. The change:", s.name, who))
	for _, change := range patch.Between(s.name, s.base, version.Files) {
		s.Show(change.Patch)
	}
	conflict := monitor.Errorf(monitor.CodeStale, "%s was changed meanwhile by %s", s.name, who)
	if s.Ask == nil || !s.isSure("Take that change in, and open the files again?") {
		return registered, false, s.keep(conflict)
	}
	merged, clashing := patch.Merge(s.base, mine, version.Files)
	comments := clashes(s.name, who, merged, s.base, version.Files, clashing)
	s.base, s.match = version.Files, theirs.ETag
	again, err = s.reopen(merged, comments)
	if len(clashing) == 0 {
		// Nothing is left to decide: closing the editor is consent.
		s.refused = ""
	}
	return registered, again, err
}

// theirs reads what is stored now.
func (s *session) theirs(ctx context.Context) (client.Monitor, client.VersionDetail, error) {
	m, err := s.Server.Monitor(ctx, s.name)
	if monitor.CodeOf(err) == monitor.CodeNotFound {
		return m, client.VersionDetail{}, monitor.Errorf(monitor.CodeStale, "%s was deleted meanwhile", s.name)
	}
	if err != nil {
		return m, client.VersionDetail{}, fmt.Errorf("%s was changed meanwhile, and how cannot be read: %w", s.name, err)
	}
	version, err := s.Server.Version(ctx, s.name, m.Version)
	if err != nil {
		return m, version, fmt.Errorf("%s was changed meanwhile, and how cannot be read: %w", s.name, err)
	}
	return m, version, nil
}

// lines splits a text, without line ends.
func lines(text string) []string { return strings.Split(strings.TrimSuffix(text, "\n"), "\n") }
