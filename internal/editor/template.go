package editor

import (
	"github.com/vedettehq/vedette/internal/monitor"
	monitortemplate "github.com/vedettehq/vedette/resources/monitor_template"
)

// Template gives the files that a new monitor starts from.
func Template(name string) monitor.Files { return monitortemplate.Files(name) }
