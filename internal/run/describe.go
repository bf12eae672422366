package run

import (
	"context"

	"github.com/vedettehq/vedette/internal/datasource"
	"github.com/vedettehq/vedette/internal/monitor"
)

// Has tells whether there is a database of that name.
func (d *Databases) Has(name string) bool {
	_, ok := d.byName[name]
	return ok
}

// Kind is the kind of a database; empty if that cannot be told.
func (d *Databases) Kind(name string) string {
	source, err := d.source(name)
	if err != nil {
		return ""
	}
	describer, ok := source.(datasource.Describer)
	if !ok {
		return ""
	}
	return describer.Kind()
}

// Tables lists what there is to query in a database. Errors are *monitor.Failure.
func (d *Databases) Tables(ctx context.Context, name string) ([]datasource.Table, error) {
	source, err := d.source(name)
	if err != nil {
		return nil, err
	}
	describer, ok := source.(datasource.Describer)
	if !ok {
		return nil, &monitor.Failure{
			Kind:    monitor.FailureQuery,
			Message: "databases of the kind of \"" + name + "\" cannot say what tables they have",
		}
	}
	tables, err := describer.Tables(ctx, name)
	if err != nil {
		return nil, datasource.Named("", err)
	}
	return tables, nil
}
