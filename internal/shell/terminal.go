package shell

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/reeflective/readline"
	"github.com/reeflective/readline/inputrc"
	"golang.org/x/term"

	"github.com/vedettehq/vedette/internal/script"
)

const (
	prompt     = "vedette> "
	goOnPrompt = "     ... "
	// tabulator is what Tab writes where a line begins.
	tabulator = "    "
)

// Interact reads from the terminal and runs what is typed, until the shell is
// left or ctx ends. What is typed goes into the history.
func (s *Shell) Interact(ctx context.Context, history *History) error {
	interrupts := newInterrupts()
	defer interrupts.stop()
	// The line editor changes the terminal while it reads. Whatever ends this, the
	// terminal gets back what it had.
	if state, err := term.GetState(int(os.Stdin.Fd())); err == nil {
		defer func() { _ = term.Restore(int(os.Stdin.Fd()), state) }()
	}
	s.errs.Note("Code and commands on %s. help says more; Ctrl-D leaves.", s.config.Place)
	editor := s.newEditor(ctx, history)
	for {
		text, err := readLine(ctx, editor)
		switch {
		case errors.Is(err, readline.ErrInterrupt):
			continue // what was typed is dropped
		case errors.Is(err, io.EOF):
			s.errs.Linef("")
			return nil
		case err != nil:
			return err
		}
		if err := s.input(ctx, interrupts, text); err != nil {
			if errors.Is(err, errExit) {
				return nil
			}
			return err
		}
	}
}

// input runs what was typed. An error of it is told; only what ends the shell is
// returned.
func (s *Shell) input(ctx context.Context, interrupts *interrupts, text string) error {
	s.look()
	err := interrupts.run(ctx, func(ctx context.Context) error { return s.enter(ctx, text) }, func() {
		s.errs.Note("still stopping: this cannot be cut short (Ctrl-\\ ends the shell)")
	})
	switch {
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case err == nil || errors.Is(err, ErrTold):
		return nil
	case errors.Is(err, errExit):
		return err
	}
	s.errs.Problem(explain(err))
	if err := errors.Join(s.out.Err(), s.errs.Err()); err != nil {
		return fmt.Errorf("write to the terminal: %w", err)
	}
	return nil
}

// enter runs what was typed: commands and code, as in a script if there are
// several.
func (s *Shell) enter(ctx context.Context, text string) error {
	if strings.TrimSpace(text) == "" {
		return nil
	}
	name := fmt.Sprintf("input%d", s.inputs+1)
	s.console.Show(name, text)
	for _, p := range s.pieces(text) {
		var err error
		if p.command {
			err = s.command(ctx, p.text)
		} else {
			err = s.evaluate(ctx, name, p.line, p.text)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// readLine reads an input. If ctx ends first, the editor goes on waiting for keys
// until the process ends.
func readLine(ctx context.Context, editor *readline.Shell) (string, error) {
	type typed struct {
		text string
		err  error
	}
	result := make(chan typed, 1)
	go func() {
		text, err := editor.Readline()
		result <- typed{text, err}
	}()
	select {
	case r := <-result:
		return r.text, r.err
	case <-ctx.Done():
		return "", context.Cause(ctx)
	}
}

// newEditor makes the line editor. It obeys the .inputrc of whoever types, as other
// shells do; what is set here goes first.
func (s *Shell) newEditor(ctx context.Context, history *History) *readline.Shell {
	editor := readline.NewShell(inputrc.WithApp("vedette"))
	editor.Prompt.Primary(func() string { return prompt })
	editor.Prompt.Secondary(func() string { return goOnPrompt })
	editor.AcceptMultiline = func(text []rune) bool { return !s.wantsMore(string(text)) }
	editor.Completer = func(text []rune, cursor int) readline.Completions { return s.completions(ctx, text, cursor) }
	editor.History.Delete()
	editor.History.Add("history", history)
	for option, value := range map[string]bool{
		"menu-complete-display-prefix": true,
		"multiline-column":             true,
		// Several lines that are pasted are one input, whose empty lines end nothing.
		"enable-bracketed-paste": true,
		// To ask a terminal where its cursor is takes time with each key, and goes wrong
		// when somebody types ahead. The prompt begins at the left: there is nothing to ask.
		"cursor-position-probe": false,
	} {
		// A name that the editor does not know would be a mistake of this program; the
		// editor works without it.
		_ = editor.Config.Set(option, value)
	}
	return editor
}

// wantsMore tells whether an input is to go on on the next line.
func (s *Shell) wantsMore(text string) bool {
	first, _, several := strings.Cut(text, "\n")
	if _, ok := s.commandIn(first); ok && !several {
		return false
	}
	return script.Unfinished(text) || script.MayGoOn(text)
}

// completions are the candidates in the editor's own form.
func (s *Shell) completions(ctx context.Context, text []rune, cursor int) readline.Completions {
	before := string(text[:cursor])
	line := before[strings.LastIndexByte(before, '\n')+1:]
	if line != before && strings.TrimSpace(line) == "" {
		return readline.CompleteValues(tabulator)
	}
	candidates, word := s.Complete(ctx, string(text), before)
	values := make([]readline.Completion, len(candidates))
	for i, c := range candidates {
		values[i] = readline.Completion{Value: c.Value, Display: c.Value, Description: c.Description}
		if !c.Open {
			values[i].Value += " "
		}
	}
	completions := readline.CompleteRaw(values)
	completions.PREFIX = word
	return completions
}
