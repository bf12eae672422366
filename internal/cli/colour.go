package cli

// colour is how a terminal is told to write; empty: as it always does.
type colour string

// The colours: what is urgent, what needs a look, what is well, what is over.
const (
	noColour colour = ""
	red      colour = "\x1b[31m"
	yellow   colour = "\x1b[33m"
	green    colour = "\x1b[32m"
	faint    colour = "\x1b[2m"
	bold     colour = "\x1b[1m"
)

const endOfColour = "\x1b[0m"

// paint colours a text where that is wanted.
func (s *Screen) paint(c colour, text string) string {
	if !s.colour || c == noColour || text == "" {
		return text
	}
	return string(c) + text + endOfColour
}

// statusColour is the colour of a status or health, whatever it is one of.
func statusColour(status string) colour {
	switch status {
	case "failed", "lost", "failing", "degraded", "conflict":
		return red
	case "violating", "unknown", "active", "cancelled", "skipped":
		return yellow
	case "ok", "succeeded", "created", "changed":
		return green
	case "disabled", "solved", "dropped", "unchanged", "deleted":
		return faint
	default:
		return noColour
	}
}
