package script

import (
	"go.starlark.net/starlark"
	"go.starlark.net/starlarkstruct"

	"github.com/vedettehq/vedette/internal/monitor"
)

// eventValue is what a reaction gets: a struct whose data and extra are copies,
// free to change.
func eventValue(event *monitor.EventRecord) (starlark.Value, error) {
	data, err := decodeObject(event.Data)
	if err != nil {
		return nil, err
	}
	extra, err := decodeObject(event.Extra)
	if err != nil {
		return nil, err
	}
	return starlarkstruct.FromStringDict(starlark.String("event"), starlark.StringDict{
		"name":       starlark.String(event.Name),
		"source":     starlark.String(event.Source),
		"source_id":  starlark.MakeInt64(event.SourceID),
		"monitor_id": starlark.MakeInt64(event.MonitorID),
		"data":       data,
		"extra":      extra,
	}), nil
}

// decodeObject is an empty dict for what was never written.
func decodeObject(data monitor.Data) (starlark.Value, error) {
	if data == "" {
		return new(starlark.Dict), nil
	}
	return Decode(data)
}
