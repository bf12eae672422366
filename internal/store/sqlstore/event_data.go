package sqlstore

import (
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
)

// eventSource says what an event is about, and gives its event_data, which is
// empty for an issue: that is made in the database.
func eventSource(event *monitor.Event) (monitor.EventSource, int64, monitor.Data, error) {
	switch {
	case event.Issue != nil:
		return monitor.SourceIssue, event.Issue.ID, "", nil
	case event.Alert != nil:
		data, err := alertObject(event.Alert)
		return monitor.SourceAlert, event.Alert.ID, data, err
	case event.Monitor != nil:
		data, err := monitorObject(event.Monitor)
		return monitor.SourceMonitor, event.Monitor.ID, data, err
	case event.Notice != nil:
		data, err := noticeObject(event.Notice)
		return monitor.SourceNotification, event.Notice.ID, data, err
	}
	return "", 0, "", monitor.Errorf(monitor.CodeInternal, "event %s is about nothing", event.Name)
}

// stamp is a time as it stands in event_data: RFC 3339 in UTC with milliseconds
// (R08), and null if zero.
type stamp time.Time

// MarshalJSON writes the time.
func (s stamp) MarshalJSON() ([]byte, error) {
	if time.Time(s).IsZero() {
		return []byte("null"), nil
	}
	return time.Time(s).UTC().AppendFormat(nil, `"2006-01-02T15:04:05.000Z"`), nil
}

// alertObject is an alert as event_data.
func alertObject(a *monitor.Alert) (monitor.Data, error) {
	var acknowledged *monitor.Priority
	if a.AcknowledgePriority != 0 {
		acknowledged = &a.AcknowledgePriority
	}
	return object(struct {
		ID                     int64               `json:"id"`
		MonitorID              int64               `json:"monitor_id"`
		Status                 monitor.AlertStatus `json:"status"`
		Priority               monitor.Priority    `json:"priority"`
		Acknowledged           bool                `json:"acknowledged"`
		AcknowledgePriority    *monitor.Priority   `json:"acknowledge_priority"`
		IsPriorityAcknowledged bool                `json:"is_priority_acknowledged"`
		Locked                 bool                `json:"locked"`
		CreatedAt              stamp               `json:"created_at"`
		UpdatedAt              stamp               `json:"updated_at"`
		SolvedAt               stamp               `json:"solved_at"`
		ActiveIssues           int                 `json:"active_issues"`
	}{
		a.ID, a.MonitorID, a.Status, a.Priority, a.Acknowledged, acknowledged, a.IsPriorityAcknowledged(),
		a.Locked, stamp(a.CreatedAt), stamp(a.UpdatedAt), stamp(a.SolvedAt), a.ActiveIssues,
	})
}

// monitorObject is a monitor as event_data.
func monitorObject(m *monitor.Monitor) (monitor.Data, error) {
	return object(struct {
		ID         int64          `json:"id"`
		Name       string         `json:"name"`
		Enabled    bool           `json:"enabled"`
		Source     monitor.Source `json:"source"`
		CreatedAt  stamp          `json:"created_at"`
		ArchivedAt stamp          `json:"archived_at"`
	}{m.ID, m.Name, m.Enabled, m.Source, stamp(m.CreatedAt), stamp(m.ArchivedAt)})
}

// noticeObject is a notification as event_data.
func noticeObject(n *monitor.Notice) (monitor.Data, error) {
	return object(struct {
		ID        int64                `json:"id"`
		MonitorID int64                `json:"monitor_id"`
		AlertID   int64                `json:"alert_id"`
		Target    string               `json:"target"`
		Status    monitor.NoticeStatus `json:"status"`
		CreatedAt stamp                `json:"created_at"`
		ClosedAt  stamp                `json:"closed_at"`
	}{n.ID, n.MonitorID, n.AlertID, n.Target, n.Status, stamp(n.CreatedAt), stamp(n.ClosedAt)})
}

func object(value any) (monitor.Data, error) {
	text, err := encode(value)
	return monitor.Data(text), wrap(err, "encode event data")
}
