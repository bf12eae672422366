package main

import (
	"fmt"
	"io"
	"text/tabwriter"
)

// printTable prints the figures as aligned columns.
func printTable(out io.Writer, figures []figure) error {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	if _, err := fmt.Fprintln(table, "work\tstore\tfloor\tours\tratio\ttarget\tok"); err != nil {
		return err
	}
	for _, f := range figures {
		floor, ratio, target, ok := "-", "-", "-", "-"
		if f.floor != nil {
			floor, ratio = f.floor.String(), factor(f.ours.amount()/f.floor.amount()).String()
		}
		if f.target != nil {
			target, ok = f.target.text, "NO"
			if f.target.met(f) {
				ok = "yes"
			}
		}
		store := f.store
		if store == "" {
			store = "-"
		}
		if _, err := fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", f.work, store, floor, f.ours, ratio, target, ok); err != nil {
			return err
		}
	}
	return table.Flush()
}
