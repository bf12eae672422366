package shell

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/vedettehq/vedette/internal/monitor"
)

// maxScript bounds a script, in bytes.
const maxScript = 16 << 20

// Script runs a script from its beginning to its end or its first error, which
// says where in it that is. name stands for it there.
func (s *Shell) Script(ctx context.Context, name string, from io.Reader) error {
	text, err := io.ReadAll(io.LimitReader(from, maxScript+1))
	if err != nil {
		return fmt.Errorf("read the script: %w", err)
	}
	if len(text) > maxScript {
		return fmt.Errorf("the script has more than %d bytes", maxScript)
	}
	s.console.Show(name, string(text))
	for _, p := range s.pieces(string(text)) {
		if err := s.piece(ctx, name, p); err != nil {
			if errors.Is(err, errExit) {
				return nil
			}
			return err
		}
	}
	return nil
}

// piece runs a part of a script.
func (s *Shell) piece(ctx context.Context, name string, p piece) error {
	if !p.command {
		err := s.evaluate(ctx, name, p.line, p.text)
		if _, ok := errors.AsType[*monitor.Failure](err); ok {
			return errors.New(explain(err))
		}
		return err
	}
	err := s.command(ctx, p.text)
	if err == nil || errors.Is(err, errExit) || errors.Is(err, ErrTold) {
		return err
	}
	return fmt.Errorf("%s:%d: %w", name, p.line, err)
}
