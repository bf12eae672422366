package main

import (
	"io"
	"os"

	"github.com/vedettehq/vedette/internal/app"
	"github.com/vedettehq/vedette/internal/cli"
)

// showPreview shows a plan in a format.
func showPreview(w io.Writer, format string, p app.Preview) error {
	var err error
	shown := cli.NewOutput(w, format, os.LookupEnv).One(withLists(p), func(*cli.Screen) { err = printPreview(w, p) })
	if err != nil {
		return err
	}
	return shown
}

// withLists has every list of a plan be one, if an empty one: programs need not
// tell nothing from null.
func withLists(p app.Preview) app.Preview {
	p.Created, p.Updated, p.Solved, p.Dropped = list(p.Created), list(p.Updated), list(p.Solved), list(p.Dropped)
	p.Alerts, p.Events, p.Queries = list(p.Alerts), list(p.Events), list(p.Queries)
	p.Routines, p.Log = list(p.Routines), list(p.Log)
	return p
}

func list[T any](items []T) []T {
	if items == nil {
		return []T{}
	}
	return items
}
