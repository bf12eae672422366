package client

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"

	"github.com/vedettehq/vedette/internal/monitor"
)

// Database is a database that monitors can query.
type Database struct {
	Name string `json:"name"`
	Kind string `json:"kind" doc:"postgres, sqlite, ...; empty where that cannot be told."`
}

// Table is a table or view of a database.
type Table struct {
	Schema    string   `json:"schema" doc:"Empty where the database has no schemas."`
	Name      string   `json:"name"`
	Reference string   `json:"reference" doc:"How a statement names it: quoted where it has to be, and with its schema unless it is found without."`
	Kind      string   `json:"kind" doc:"table, view, materialized view or foreign table."`
	Columns   []Column `json:"columns" nullable:"false" doc:"In the order of the table."`
}

// Column is a column of a table.
type Column struct {
	Name     string `json:"name"`
	Type     string `json:"type" doc:"The database's own name of it; empty if it has none."`
	Nullable bool   `json:"nullable"`
}

// Query is a statement that reads from a database, as [Client.Query] sends it.
type Query struct {
	Database string            `json:"database" maxLength:"200" doc:"The name under which it is configured."`
	SQL      string            `json:"sql" doc:"One statement, with the database's own placeholders."`
	Args     []json.RawMessage `json:"args,omitempty" nullable:"false" doc:"null, a bool, a number, a string, a list of these, {\"time\": RFC 3339}, {\"json\": anything} or {\"float\": \"NaN\", \"Infinity\" or \"-Infinity\"}. A number is an integer unless it has a point or an exponent."`
	Timeout  float64           `json:"timeout,omitempty" minimum:"0" maximum:"600" doc:"In seconds; 0 or left out: as configured."`
	MaxRows  int               `json:"max_rows,omitempty" minimum:"0" doc:"More rows are an error; 0 or left out: as configured."`
}

// QueryResult is what a statement gave.
type QueryResult struct {
	Rows    []json.RawMessage `json:"rows" nullable:"false" doc:"An object for each row, with the columns as keys in the statement's order."`
	Seconds float64           `json:"seconds"`
}

// Query runs a statement on one of the server's databases. What fails there is a
// *monitor.Failure, as it is for a monitor; the other errors are those of any
// call. Its time is bounded by ctx and by the server alone.
func (c *Client) Query(ctx context.Context, q monitor.Query) (monitor.Rows, error) {
	request := Query{Database: q.Database, SQL: q.SQL, Timeout: q.Timeout.Seconds(), MaxRows: q.MaxRows}
	for i, argument := range q.Args {
		text, err := encodeArgument(argument)
		if err != nil {
			return nil, &monitor.Failure{Kind: monitor.FailureQuery, Message: argumentError(i, err).Error()}
		}
		request.Args = append(request.Args, text)
	}
	result, err := call[QueryResult](ctx, c.patient(), http.MethodPost, "/api/v1/query", request)
	if err != nil {
		return nil, err
	}
	rows := make(monitor.Rows, len(result.Rows))
	for i, row := range result.Rows {
		rows[i] = monitor.Data(row)
	}
	return rows, nil
}

// patient is the client without a bound on how long a call may take.
func (c *Client) patient() *Client {
	patient := *c
	patient.http = &http.Client{Transport: c.http.Transport, CheckRedirect: c.http.CheckRedirect, Jar: c.http.Jar}
	return &patient
}

// Databases lists the databases that the server's monitors can query.
func (c *Client) Databases(ctx context.Context) ([]Database, error) {
	page, err := get[Page[Database]](ctx, c, "/api/v1/databases", nil)
	return page.Items, err
}

// Tables lists what there is to query in a database. What fails there is a
// *monitor.Failure.
func (c *Client) Tables(ctx context.Context, database string) ([]Table, error) {
	page, err := get[Page[Table]](ctx, c, "/api/v1/databases/"+url.PathEscape(database)+"/tables", nil)
	return page.Items, err
}
