package main

import (
	"io"
	"os"

	"github.com/vedettehq/vedette/internal/cli"
	"github.com/vedettehq/vedette/internal/client"
)

// showPreview shows a plan in a format.
func showPreview(w io.Writer, format string, p client.Preview) error {
	var err error
	shown := cli.NewOutput(w, format, os.LookupEnv).One(p, func(*cli.Screen) { err = printPreview(w, p) })
	if err != nil {
		return err
	}
	return shown
}
