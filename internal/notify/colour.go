package notify

import "github.com/vedettehq/vedette/internal/monitor"

// Colour is that in which a card is shown, the same wherever it is: that of its
// priority, or of how it ended, as in a style sheet.
func Colour(priority monitor.Priority, closed Closed) string {
	switch {
	case closed == ClosedSolved:
		return "#2eb67d"
	case closed != "":
		return "#868e96"
	}
	switch priority {
	case monitor.Critical:
		return "#c92a2a"
	case monitor.High:
		return "#f76707"
	case monitor.Moderate:
		return "#fab005"
	case monitor.Low:
		return "#228be6"
	default:
		return "#adb5bd"
	}
}
