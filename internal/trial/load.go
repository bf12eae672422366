package trial

import (
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
)

// load gives what the run finds stored: the snapshot, or the issues that were
// made up.
func load(r *Request, modelIDKey string, now time.Time) (monitor.Snapshot, error) {
	snapshot := r.Snapshot
	snapshot.Monitor.Name = r.Name
	if snapshot.Variables == nil {
		snapshot.Variables = map[string]monitor.Data{}
	}
	if r.Issues == nil {
		return snapshot, nil
	}
	snapshot.Alerts, snapshot.Issues = nil, make([]monitor.Issue, len(r.Issues))
	known := make(map[string]int, len(r.Issues))
	for i, text := range r.Issues {
		data, modelID, err := imagine(text, modelIDKey)
		if err != nil {
			return snapshot, monitor.Errorf(monitor.CodeInvalid, "issues[%d]: %w", i, err)
		}
		if first, repeated := known[modelID]; repeated {
			return snapshot, monitor.Errorf(monitor.CodeInvalid, "issues[%d]: %s is %q as in issues[%d]: an issue is active once", i, modelIDKey, modelID, first)
		}
		known[modelID] = i
		snapshot.Issues[i] = monitor.Issue{
			ID: int64(i + 1), MonitorID: snapshot.Monitor.ID, ModelID: modelID, Status: monitor.IssueActive,
			Data: data, CreatedAt: now, UpdatedAt: now,
		}
	}
	return snapshot, nil
}

// imagine makes the data and the model id of an issue of what a person wrote.
func imagine(text monitor.Data, modelIDKey string) (data monitor.Data, modelID string, err error) {
	if data, err = script.Stored(text); err != nil {
		return "", "", err
	}
	if !data.IsObject() {
		return "", "", monitor.Errorf(monitor.CodeInvalid, "it must be an object with the field %q, the model id", modelIDKey)
	}
	modelID, err = monitor.ModelID(data, modelIDKey)
	return data, modelID, err
}
