package cli

import (
	"fmt"
	"strconv"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
)

// Alerts shows a list of alerts.
func Alerts() Table[client.Alert] {
	return Table[client.Alert]{
		{Title: "ID", right: true, Cell: func(_ *Screen, a *client.Alert) string { return strconv.FormatInt(a.ID, 10) }},
		{
			Title: "PRIORITY", Cell: func(_ *Screen, a *client.Alert) string { return priority(a.Priority) },
			colour: func(a *client.Alert) colour { return alertColour(a) },
		},
		{
			Title: "STATUS", Cell: func(_ *Screen, a *client.Alert) string { return a.Status },
			colour: func(a *client.Alert) colour { return statusColour(a.Status) },
		},
		{Title: "MONITOR", flexible: true, Cell: func(_ *Screen, a *client.Alert) string { return oneLine(a.Monitor) }},
		{Title: "ISSUES", right: true, Cell: func(_ *Screen, a *client.Alert) string { return strconv.Itoa(a.ActiveIssues) }},
		{Title: "ACKNOWLEDGED", Cell: func(_ *Screen, a *client.Alert) string { return acknowledged(a) }},
		{Title: "LOCKED", Cell: func(_ *Screen, a *client.Alert) string { return yesNo(a.Locked) }},
		{Title: "SILENCED", Cell: func(_ *Screen, a *client.Alert) string { return yesNo(a.Silenced) }},
		{Title: "CREATED", Cell: func(s *Screen, a *client.Alert) string { return s.moment(&a.CreatedAt) }},
	}
}

// priority is a priority's name.
func priority(p int) string { return monitor.Priority(p).String() }

func alertColour(a *client.Alert) colour {
	p := monitor.Priority(a.Priority)
	switch {
	case a.Status != string(monitor.AlertActive):
		return faint
	case p == monitor.Critical || p == monitor.High:
		return red
	case p == monitor.Moderate:
		return yellow
	default:
		return noColour
	}
}

// acknowledged says whether somebody knows of the alert as it is now (R60).
func acknowledged(a *client.Alert) string {
	switch {
	case a.IsPriorityAcknowledged:
		return "yes"
	case a.Acknowledged && a.AcknowledgePriority != nil:
		return "only at " + priority(*a.AcknowledgePriority)
	default:
		return "no"
	}
}

// Alert shows one alert.
func Alert(a *client.Alert) func(*Screen) {
	return func(s *Screen) {
		s.properties(
			property{name: "alert", value: strconv.FormatInt(a.ID, 10)},
			property{name: "monitor", value: oneLine(a.Monitor)},
			property{name: "priority", value: priority(a.Priority), colour: alertColour(a)},
			property{name: "status", value: a.Status, colour: statusColour(a.Status)},
			property{name: "active issues", value: strconv.Itoa(a.ActiveIssues)},
			property{name: "acknowledged", value: acknowledged(a)},
			property{name: "locked", value: yesNo(a.Locked)},
			property{name: "silenced", value: silenced(a)},
			property{name: "created", value: s.moment(&a.CreatedAt)},
			property{name: "updated", value: s.moment(&a.UpdatedAt)},
			property{name: "solved", value: s.moment(a.SolvedAt)},
		)
	}
}

// AlertDone says in a line what was done with an alert.
func AlertDone(a *client.Alert, done string) func(*Screen) {
	return func(s *Screen) {
		s.Linef("alert %d of %s (%s, %s): %s", a.ID, oneLine(a.Monitor), priority(a.Priority), issuesOf(a.ActiveIssues), done)
	}
}

func issuesOf(n int) string {
	if n == 1 {
		return "1 active issue"
	}
	return fmt.Sprintf("%d active issues", n)
}
