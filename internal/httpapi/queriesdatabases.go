package httpapi

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/datasource"
	"github.com/vedettehq/vedette/internal/monitor"
)

func (a *api) registerDatabases(databases Databases) {
	register(a, operation{
		method: http.MethodGet, path: "/api/v1/databases", id: "list-databases", role: Viewer,
		summary: "List the databases that monitors query",
	}, func(context.Context, *struct{}) (client.Page[client.Database], error) {
		page := client.Page[client.Database]{Items: []client.Database{}}
		for _, name := range databases.Names() {
			page.Items = append(page.Items, client.Database{Name: name, Kind: databases.Kind(name)})
		}
		return page, nil
	})

	op := operation{
		method: http.MethodGet, path: "/api/v1/databases/{name}/tables", id: "list-tables", role: Editor,
		summary: "List the tables and views of a database with their columns",
		errors:  []int{http.StatusNotFound},
	}.described()
	op.Responses = map[string]*huma.Response{}
	huma.Register(a.huma, op, func(ctx context.Context, input *databaseInput) (*output[client.Page[client.Table]], error) {
		if !databases.Has(input.Name) {
			return nil, huma.Error404NotFound(unknownDatabase(databases, input.Name))
		}
		tables, err := databases.Tables(ctx, input.Name)
		if err != nil {
			return nil, failedQuery(err)
		}
		return &output[client.Page[client.Table]]{showTables(tables)}, nil
	})
	a.mayFail(op)
}

type databaseInput struct {
	Name string `path:"name" maxLength:"200" doc:"The name under which it is configured."`
}

func unknownDatabase(databases Databases, name string) string {
	names := databases.Names()
	if len(names) == 0 {
		return fmt.Sprintf("there is no database %q: none is configured", name)
	}
	return fmt.Sprintf("there is no database %q: there is %s", name, strings.Join(names, ", "))
}

func showTables(tables []datasource.Table) client.Page[client.Table] {
	page := client.Page[client.Table]{Items: make([]client.Table, len(tables))}
	for i, table := range tables {
		shown := client.Table{
			Schema: table.Schema, Name: table.Name, Reference: table.Reference, Kind: table.Kind,
			Columns: make([]client.Column, len(table.Columns)),
		}
		for j, column := range table.Columns {
			shown.Columns[j] = client.Column(column)
		}
		page.Items[i] = shown
	}
	return page
}

// noDatabases is what a process without databases has.
type noDatabases struct{}

var _ Databases = noDatabases{}

func (noDatabases) Names() []string    { return nil }
func (noDatabases) Has(string) bool    { return false }
func (noDatabases) Kind(string) string { return "" }

func (noDatabases) Tables(_ context.Context, name string) ([]datasource.Table, error) {
	return nil, datasource.Failuref(monitor.FailureQuery, "there is no database %q: none is configured", name)
}

func (n noDatabases) Query(ctx context.Context, q monitor.Query) (monitor.Rows, error) {
	_, err := n.Tables(ctx, q.Database)
	return nil, err
}
