package rollout

import (
	"context"
	"fmt"
	"strings"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
)

// appliedMark is how the message of a version says that it came from a folder. It
// is kept with the version and not beside the folders, as those are cloned anew
// for each run of a pipeline; and people see it in the history too.
const appliedMark = "apply"

// messageOf is the message of a version that comes from a folder.
func messageOf(comment string) string {
	if comment == "" {
		return appliedMark
	}
	return appliedMark + ": " + comment
}

func isApplied(v *client.Version) bool {
	return v.Message == appliedMark || strings.HasPrefix(v.Message, appliedMark+": ")
}

// provenance says where what is stored came from.
type provenance struct {
	// current is the current version.
	current client.Version
	// ever tells whether any version came from a folder.
	ever bool
	// known tells whether the current content came from a folder at some time:
	// replacing it loses nothing that only the server has.
	known bool
}

// provenanceOf looks through the versions of a monitor, for no longer than needed.
func (r *Rollout) provenanceOf(ctx context.Context, m *client.Monitor) (provenance, error) {
	var p provenance
	const page = 200
	list := func(ctx context.Context, paging client.Paging) (client.Page[client.Version], error) {
		return r.server.Versions(ctx, m.Name, paging)
	}
	for v, err := range client.All(ctx, client.Paging{Limit: page}, list) {
		if err != nil {
			return p, fmt.Errorf("read the versions of %s: %w", m.Name, err)
		}
		if v.Number == m.Version && v.Hash == m.Hash {
			p.current = v
		}
		if isApplied(&v) {
			p.ever = true
			if v.Hash == m.Hash {
				p.known = true
				return p, nil
			}
		}
	}
	return p, nil
}

// drifted says that somebody changed a monitor past its folder.
func (p *provenance) drifted(m *client.Monitor) string {
	if m.Source != string(monitor.SourceAPI) {
		return fmt.Sprintf("it comes from the server's own monitors (%s), not from apply: --force has it stored nevertheless, if the server allows it", m.Source)
	}
	return fmt.Sprintf("%s did not come from apply: look with diff, take it into the folder, or replace it with --force", p.current.Describe())
}
