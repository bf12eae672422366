package run

import (
	"fmt"
	"sync"

	"github.com/vedettehq/vedette/internal/monitor"
)

// revealed are the secrets that the code of one run has been told. What the run
// leaves behind goes through their redactor: log, failures, data and variables.
// Code that has not asked for a secret cannot leak it, and costs nothing.
//
// It is safe for concurrent use.
type revealed struct {
	mu      sync.Mutex
	secrets []monitor.Secret
	clean   monitor.Redactor
}

func (r *revealed) reveal(secret monitor.Secret) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, known := range r.secrets {
		if known == secret {
			return
		}
	}
	r.secrets = append(r.secrets, secret)
	r.clean = monitor.NewRedactor(r.secrets...)
}

// redactor takes out what has been revealed so far.
func (r *revealed) redactor() monitor.Redactor {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.clean
}

// clean takes secrets out of what a routine returned, and says so in the log:
// what is stored is shown to everybody who may look.
func (d *diary) clean(routine string, returned []monitor.Entry) {
	clean := d.secrets.redactor()
	cleaned := 0
	for i := range returned {
		entry := &returned[i]
		entry.Problem = clean.Text(entry.Problem)
		if data := clean.Data(entry.Data); data != entry.Data {
			entry.Data = data
			cleaned++
		}
	}
	if cleaned > 0 {
		d.log(monitor.LogWarning, fmt.Sprintf("%s() returned the value of a secret: replaced by [redacted] in %d of %d entries",
			routine, cleaned, len(returned)), "")
	}
}
