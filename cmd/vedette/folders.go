package main

import (
	"errors"
	"fmt"

	"github.com/vedettehq/vedette/internal/app"
	"github.com/vedettehq/vedette/internal/cli"
	"github.com/vedettehq/vedette/internal/rollout"
)

// monitorFolders finds the folders of monitors among and in those named, and gives
// what reads them. Folders that are none are told of.
func monitorFolders(s *settings, call *session, dirs []string) ([]string, *app.Author, error) {
	found, strays, err := rollout.Find(dirs)
	if err != nil {
		return nil, nil, localError{err}
	}
	author, err := s.author()
	if err != nil {
		return nil, nil, localError{err}
	}
	for _, dir := range strays {
		call.messages.Screen.Linef("%s: warning: there is no monitor.star in it, so it is not a monitor", dir)
	}
	return found, author, nil
}

// showBroken shows the mistakes in folders, if they are what an error is about;
// so is what that led to.
func showBroken(call *session, err error, so string) error {
	broken, ok := errors.AsType[*rollout.Broken](err)
	if !ok {
		return err
	}
	for _, d := range broken.Diagnostics {
		call.messages.Screen.Linef("%s", d)
	}
	return localError{fmt.Errorf("%w: %s", err, so)}
}

// showing has a line say how far something is.
func showing(progress *cli.Progress) func(what string, done, total int) {
	return func(what string, done, total int) {
		progress.Show(cli.Step(what, done, total))
	}
}
