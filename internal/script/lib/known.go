package lib

import (
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
)

// known doubts literal texts that name what the configuration does not have.
func known(parameter string, code monitor.DiagnosticCode, kind string) map[string]script.LiteralCheck {
	return map[string]script.LiteralCheck{parameter: func(s *script.Scope, name string) error {
		if doubt := s.DoubtName(code, kind, name); doubt != nil {
			return doubt
		}
		return nil
	}}
}
