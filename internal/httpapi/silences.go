package httpapi

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

func (a *api) registerSilences() {
	register(a, operation{
		method: http.MethodGet, path: "/api/v1/silences", id: "list-silences", role: Viewer,
		summary: "List silences that are in force or will be, newest first",
	}, a.listSilences)
	register(a, operation{
		method: http.MethodGet, path: "/api/v1/silences/{id}", id: "get-silence", role: Viewer,
		summary: "Read a silence", errors: []int{http.StatusNotFound},
	}, func(ctx context.Context, input *IDInput) (client.Silence, error) {
		s, err := a.store.Silence(ctx, input.ID)
		return showSilence(&s, a.store.Now()), err
	})
	register(a, operation{
		method: http.MethodPost, path: "/api/v1/silences", id: "create-silence", role: Responder, status: http.StatusCreated,
		summary: "Keep people from being told of some alerts for a while",
	}, a.createSilence)
	register(a, operation{
		method: http.MethodPost, path: "/api/v1/silences/{id}/expire", id: "expire-silence", role: Responder,
		summary: "End a silence before its time",
	}, a.expireSilence)
}

type silencesInput struct {
	Paging
	Monitor string `query:"monitor" maxLength:"200" doc:"Only those that ask for the monitor of this name."`
	Active  bool   `query:"active" doc:"Only those in force now."`
	Expired bool   `query:"expired" doc:"Those that are over, too."`
}

func (a *api) listSilences(ctx context.Context, input *silencesInput) (client.Page[client.Silence], error) {
	now := a.store.Now()
	filter := store.SilenceFilter{Expired: input.Expired, Active: input.Active, Monitor: input.Monitor, Now: now}
	return listByID(input.Paging, silenceList, func(page store.Page) ([]monitor.Silence, error) {
		return a.store.Silences(ctx, filter, page)
	}, func(s *monitor.Silence) client.Silence { return showSilence(s, now) }, func(s *monitor.Silence) int64 { return s.ID })
}

type createSilenceInput struct{ Body client.SilenceRequest }

func (a *api) createSilence(ctx context.Context, input *createSilenceInput) (client.Silence, error) {
	now := stored(a.store.Now())
	asked, err := newSilence(&input.Body, a.zone, now)
	if err != nil {
		return client.Silence{}, err
	}
	asked.CreatedAt, asked.CreatedBy = now, caller(ctx).name
	created, err := a.store.CreateSilence(ctx, asked, now)
	if err != nil {
		return client.Silence{}, err
	}
	a.logSilence(ctx, "created", created.ID, created.Comment)
	return showSilence(&created, now), nil
}

func (a *api) expireSilence(ctx context.Context, input *idActionInput) (client.Silence, error) {
	by := a.person(ctx, input.Body)
	expired, err := a.store.ExpireSilence(ctx, input.ID, by.Actor, by.Comment, by.Now)
	if err != nil {
		return client.Silence{}, err
	}
	a.logSilence(ctx, "expired", expired.ID, by.Comment)
	return showSilence(&expired, by.Now), nil
}

// logSilence tells the log who did what: no event does, as nothing about an alert
// changes.
func (a *api) logSilence(ctx context.Context, done string, id int64, comment string) {
	a.log(ctx).InfoContext(ctx, "silence changed", slog.String("done", done), slog.Int64("silence_id", id), slog.String("comment", comment))
}

func showSilence(s *monitor.Silence, now time.Time) client.Silence {
	shown := client.Silence{
		ID:             s.ID,
		Status:         string(s.Status(now)),
		Everything:     s.Match.Everything,
		Monitor:        s.Match.Monitor,
		Labels:         s.Match.Labels,
		IssueID:        client.IDOrNil(s.Match.IssueID),
		StartsAt:       s.StartsAt.UTC(),
		EndsAt:         moment(s.EndsAt),
		Every:          s.Window.Every,
		Zone:           s.Window.Zone,
		Comment:        s.Comment,
		CreatedAt:      s.CreatedAt.UTC(),
		CreatedBy:      s.CreatedBy,
		ExpiredAt:      moment(s.ExpiredAt),
		ExpiredBy:      s.ExpiredBy,
		ExpiredComment: s.ExpiredComment,
	}
	if shown.Labels == nil {
		shown.Labels = map[string]string{}
	}
	if priority := int(s.Match.Priority); priority != 0 {
		shown.Priority = &priority
	}
	if !s.Window.IsZero() {
		shown.For = s.Window.LastsText()
	}
	if from, to, ok := s.Span(now); ok {
		shown.InForceFrom, shown.InForceUntil = moment(from), moment(to)
	}
	return shown
}
