package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/vedettehq/vedette/internal/e2e/process"
)

// startLimit is how long the binary may take to be ready, and to stop.
const startLimit = 2 * time.Minute

// served is the real binary, with a working directory of its own.
type served struct {
	*process.Process
	config process.Config
}

// serve prepares a process with the given configuration file, which is written
// unless it is empty; %s in it stands for the address to serve on. It is not
// started yet.
func (l *lab) serve(ctx context.Context, configuration string, env ...string) (*served, error) {
	binary, err := l.build(ctx)
	if err != nil {
		return nil, err
	}
	folder, err := l.folder()
	if err != nil {
		return nil, err
	}
	s := &served{config: process.Config{Binary: binary, Args: []string{"run"}, Dir: folder, Env: env, Address: defaultAddress}}
	if configuration == "" {
		return s, nil
	}
	s.config.Address, err = process.FreeAddress(ctx)
	if err != nil {
		return nil, err
	}
	text := fmt.Sprintf(configuration, s.config.Address)
	return s, os.WriteFile(filepath.Join(folder, "configs.yaml"), []byte(text), 0o600)
}

// defaultAddress is where the binary serves without any configuration.
const defaultAddress = "127.0.0.1:8000"

// start starts it and tells how long it took to be ready.
func (s *served) start(ctx context.Context) (time.Duration, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, startLimit, errors.New("it took longer than "+startLimit.String()))
	defer cancel()
	return timed(func() (err error) {
		s.Process, err = process.Start(s.config)
		if err != nil {
			return err
		}
		if err := s.Ready(ctx); err != nil {
			return errors.Join(err, s.Kill())
		}
		return nil
	})
}

// stop stops it in order.
func (s *served) stop(ctx context.Context) error {
	ctx, cancel := context.WithTimeoutCause(context.WithoutCancel(ctx), startLimit, errors.New("it took longer than "+startLimit.String()))
	defer cancel()
	return s.Stop(ctx)
}
