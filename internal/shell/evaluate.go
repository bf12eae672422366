package shell

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
)

const (
	// shownRows is how many rows or entries a terminal is shown: more would only
	// push the first ones out of sight.
	shownRows = 200
	// maxTerminalText bounds a value that is shown on a terminal, in bytes.
	maxTerminalText = 64 << 10
)

// evaluate runs code and shows what its statements give. name and line say where
// it is from.
func (s *Shell) evaluate(ctx context.Context, name string, line int, text string) error {
	input, diagnostics := s.console.Parse(name, line, text)
	if input == nil {
		return refused(diagnostics)
	}
	s.inputs++
	s.host.begin()
	call := script.Call{Host: s.host, Now: time.Now(), Seed: s.seed + uint64(s.inputs), Limits: s.config.Limits}
	return s.console.Run(ctx, call, input, s.show)
}

// refused is the error of code that does not parse.
func refused(diagnostics monitor.Diagnostics) error {
	var lines []string
	for _, d := range diagnostics {
		lines = append(lines, d.String())
	}
	return errors.New(strings.Join(lines, "\n"))
}

// show shows what a statement gave.
func (s *Shell) show(v *script.Value) error {
	if s.config.Format == FormatJSON {
		data, err := v.Data()
		if err != nil {
			return err
		}
		s.out.Linef("%s", data)
		return s.out.Err()
	}
	most := 0
	if s.out.Width() > 0 {
		most = shownRows
	}
	rows, total, ok := v.Rows(most)
	if !ok {
		return s.showText(v, most)
	}
	objects := make([]json.RawMessage, len(rows))
	for i, row := range rows {
		objects[i] = json.RawMessage(row)
	}
	if err := s.out.Records(objects); err != nil {
		return err
	}
	if s.out.Width() > 0 {
		s.out.Note("%s", s.summary(len(rows), total))
	}
	return s.out.Err()
}

// summary says how many rows there are and what it took to get them.
func (s *Shell) summary(shown, total int) string {
	text := fmt.Sprintf("%d rows", total)
	if total == 1 {
		text = "1 row"
	}
	if shown < total {
		text = fmt.Sprintf("the first %d of %d rows (the others: _[%d:])", shown, total, shown)
	}
	switch queries, spent := s.host.cost(); {
	case queries == 1:
		text += fmt.Sprintf(", queried in %s", rounded(spent))
	case queries > 1:
		text += fmt.Sprintf(", %d queries in %s", queries, rounded(spent))
	}
	return text
}

// rounded is a duration with the digits that matter.
func rounded(d time.Duration) time.Duration {
	switch {
	case d < time.Millisecond:
		return d.Round(time.Microsecond)
	case d < time.Second:
		return d.Round(100 * time.Microsecond)
	default:
		return d.Round(10 * time.Millisecond)
	}
}

// showText shows a value that is no table.
func (s *Shell) showText(v *script.Value, most int) error {
	text, err := v.Text(s.out.Width(), most)
	if err != nil {
		return err
	}
	if s.out.Width() > 0 && len(text) > maxTerminalText {
		s.out.Text(strings.ToValidUTF8(text[:maxTerminalText], ""))
		s.out.Note("... cut: it has %d bytes more (print shows all)", len(text)-maxTerminalText)
		return s.out.Err()
	}
	s.out.Text(text)
	return s.out.Err()
}

// explain is an error as a person reads it, followed by the calls that led to it
// if there are several.
func explain(err error) string {
	failure, ok := errors.AsType[*monitor.Failure](err)
	if !ok {
		return err.Error()
	}
	if strings.Count(failure.Traceback, ": in ") > 1 {
		return failure.Error() + "\n" + strings.TrimRight(failure.Traceback, "\n")
	}
	return failure.Error()
}
