package cli

import "strings"

// Patch shows a unified diff: in colours where they are wanted, and for programs
// byte by byte, so that it can be applied.
func (s *Screen) Patch(text string) {
	if !s.terminal {
		s.printf("%s", text)
		return
	}
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		s.Linef("%s", s.paint(patchColour(line), plain(line)))
	}
}

func patchColour(line string) colour {
	switch {
	case strings.HasPrefix(line, "--- "), strings.HasPrefix(line, "+++ "):
		return bold
	case strings.HasPrefix(line, "@@"), strings.HasPrefix(line, `\`):
		return faint
	case strings.HasPrefix(line, "-"):
		return red
	case strings.HasPrefix(line, "+"):
		return green
	default:
		return noColour
	}
}
