package sqlstore

import (
	"context"
	"slices"

	"github.com/vedettehq/vedette/internal/monitor"
)

// issueObject is an issue as event_data, made from its row: the data is copied
// inside the database instead of being sent once more.
const issueObject = `'{"id":' || i.id || ',"monitor_id":' || i.monitor_id ||
	',"alert_id":' || coalesce(cast(i.alert_id as text), 'null') ||
	',"model_id":' || {quote i.model_id} || ',"status":"' || i.status ||
	'","created_at":"' || {iso i.created_at} || '","updated_at":"' || {iso i.updated_at} ||
	'","solved_at":' || coalesce('"' || {iso i.solved_at} || '"', 'null') ||
	',"dropped_at":' || coalesce('"' || {iso i.dropped_at} || '"', 'null') ||
	',"data":' || cast(i.data as text) || '}'`

// Most events are about issues, have no payload and are kept: what is so is left
// out of the rows.
const insertEventsSQL = `insert into events (monitor_id, execution_id, version_id, name, source, source_id, data, extra, actor, keep, created_at)
	select cast($2 as bigint), nullif(cast($3 as bigint), 0), nullif(cast($4 as bigint), 0), r.name, coalesce(r.source, 'issue'), r.source_id,
		case when r.source is null then cast(` + issueObject + ` as {json}) else r.data end,
		coalesce(r.extra, cast('{}' as {json})), cast($5 as text), coalesce(r.keep, true), cast($6 as {time})
	from {rows $1 r name text, source text, source_id bigint, data json, extra json, keep bool}
	left join issues i on i.id = r.source_id and r.source is null
	order by r.ord`

// insertEvents writes the events in the plan's order, and a delivery for each
// that the monitor reacts to. An event that is neither kept nor reacted to would
// never be seen, and is not written (R80).
func (w *writer) insertEvents(ctx context.Context) error {
	written := slices.DeleteFunc(slices.Clone(w.plan.Events), func(e monitor.Event) bool { return !e.Keep && !e.React })
	reacting := slices.ContainsFunc(written, func(e monitor.Event) bool { return e.React })
	var ids []int64
	rows := w.store.rows(func(batch string, n int) error {
		args := []any{batch, w.monitorID, w.executionID, w.versionID, w.plan.Actor, w.now}
		if !reacting {
			return w.queue.add(ctx, w.store.exec(insertEventsSQL, args...).affecting(n, "events"))
		}
		return w.queue.add(ctx, w.store.query(func(scan Scan) error {
			var id int64
			err := scan(&id)
			ids = append(ids, id)
			return err
		}, insertEventsSQL+` returning id`, args...).affecting(n, "events"))
	})
	rows.most = batchEvents
	for i := range written {
		if err := w.eventRow(rows, &written[i]); err != nil {
			return err
		}
	}
	if err := rows.flush(); err != nil || !reacting {
		return err
	}
	if err := w.queue.flush(ctx); err != nil {
		return err
	}
	return w.insertDeliveries(ctx, written, ids)
}

func (w *writer) eventRow(rows *rowWriter, event *monitor.Event) error {
	source, id, data, err := eventSource(event)
	if err != nil {
		return err
	}
	extra, err := encode(event.Extra)
	if err != nil {
		return wrap(err, "encode the payload of %s", event.Name)
	}
	rows.text("name", string(event.Name))
	rows.int("source_id", id)
	if source != monitor.SourceIssue {
		rows.text("source", string(source))
		rows.json("data", data)
	}
	if extra != "{}" {
		rows.json("extra", monitor.Data(extra))
	}
	if !event.Keep {
		rows.bool("keep", false)
	}
	return rows.end()
}

// insertDeliveries writes the work that events leave (R81). Ids ascend in the
// order of the rows.
func (w *writer) insertDeliveries(ctx context.Context, events []monitor.Event, ids []int64) error {
	slices.Sort(ids)
	rows := w.store.rows(func(batch string, n int) error {
		return w.queue.add(ctx, w.store.exec(`insert into deliveries (event_id, monitor_id, source, source_id, target, status, due_at)
			select r.event_id, cast($2 as bigint), r.source, r.source_id, '`+monitor.TargetReactions+`', 'open', cast($3 as {time})
			from {rows $1 r event_id bigint, source text, source_id bigint}
			order by r.ord`, batch, w.monitorID, w.now).affecting(n, "deliveries"))
	})
	for i := range events {
		if !events[i].React {
			continue
		}
		source, id, _, err := eventSource(&events[i])
		if err != nil {
			return err
		}
		rows.int("event_id", ids[i])
		rows.text("source", string(source))
		rows.int("source_id", id)
		if err := rows.end(); err != nil {
			return err
		}
	}
	return rows.flush()
}
