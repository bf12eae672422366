package lifecycle

import (
	"slices"
	"strings"

	"github.com/vedettehq/vedette/internal/monitor"
)

// end says how the execution ends: failed if any routine failed or called
// incomplete() (R06, R07). The answer is known only if, besides, nothing was cut
// (R79).
func (p *draft) end() {
	report := p.outcome.Report
	report.Error = failureOf(&report)
	report.Truncated = p.truncated
	report.Counts = p.counts
	report.Log = p.log()
	status := monitor.ExecutionSucceeded
	if report.Error != "" {
		status = monitor.ExecutionFailed
	}
	p.plan.Execution = &monitor.ExecutionEnd{
		Status: status,
		Report: report,
		Proven: status == monitor.ExecutionSucceeded && !p.truncated,
	}
}

// cancel is the plan of a run that comes too late: nothing changes.
func (p *draft) cancel(reason string) monitor.Plan {
	report := p.outcome.Report
	report.Error = reason
	return monitor.Plan{Execution: &monitor.ExecutionEnd{Status: monitor.ExecutionCancelled, Report: report}}
}

// log gives the execution's log with the plan's warnings at its end. The outcome's
// own is left as it is: the plan may be made again.
func (p *draft) log() []monitor.LogEntry {
	log := slices.Clip(p.outcome.Report.Log)
	for _, warning := range p.warnings {
		log = append(log, monitor.LogEntry{At: p.now, Level: monitor.LogWarning, Message: warning})
	}
	return log
}

// failureOf names each routine that failed with its error; empty if none did.
func failureOf(report *monitor.Report) string {
	var failures []string
	if report.Error != "" {
		failures = append(failures, report.Error)
	}
	for _, routine := range report.Routines {
		if routine.Error != nil {
			failures = append(failures, routine.Name+": "+routine.Error.Error())
		}
	}
	if report.Incomplete != "" {
		failures = append(failures, "incomplete: "+report.Incomplete)
	}
	return strings.Join(failures, "; ")
}
