package rollout

import (
	"context"

	"github.com/vedettehq/vedette/internal/client"
)

// Server is what a rollout needs of the API; *client.Client is one.
type Server interface {
	Monitors(ctx context.Context, filter client.MonitorFilter, paging client.Paging) (client.Page[client.Monitor], error)
	Monitor(ctx context.Context, name string) (client.Monitor, error)
	Versions(ctx context.Context, name string, paging client.Paging) (client.Page[client.Version], error)
	Version(ctx context.Context, name string, number int) (client.VersionDetail, error)
	Validate(ctx context.Context, draft client.Draft) (client.Validity, error)
	PutMonitor(ctx context.Context, name string, upload client.Upload, match string) (client.Registered, error)
	DeleteMonitor(ctx context.Context, name, comment, match string) (client.Monitor, error)
}

var _ Server = (*client.Client)(nil)

// Options say what to do beyond storing what differs.
type Options struct {
	// Force replaces what somebody else changed.
	Force bool
	// Message is kept with the versions.
	Message string
	// DropIssues lets model_id_key change while issues are active.
	DropIssues bool
	// Prune deletes the monitors that earlier came from folders and have none among
	// those given; of them only those with all of PruneLabels.
	Prune       bool
	PruneLabels map[string]string
}

// Rollout brings folders to a server.
type Rollout struct {
	server  Server
	reader  Reader
	options Options
	// progress is told what is being done.
	progress func(what string, done, total int)
}

// New makes a rollout; progress may be nil.
func New(server Server, reader Reader, options Options, progress func(what string, done, total int)) *Rollout {
	if progress == nil {
		progress = func(string, int, int) {}
	}
	return &Rollout{server: server, reader: reader, options: options, progress: progress}
}

// all lists the server's monitors by name.
func (r *Rollout) all(ctx context.Context) (map[string]*client.Monitor, error) {
	const page = 200
	stored := map[string]*client.Monitor{}
	list := func(ctx context.Context, paging client.Paging) (client.Page[client.Monitor], error) {
		return r.server.Monitors(ctx, client.MonitorFilter{}, paging)
	}
	for m, err := range client.All(ctx, client.Paging{Limit: page}, list) {
		if err != nil {
			return nil, err
		}
		stored[m.Name] = &m
	}
	return stored, nil
}
