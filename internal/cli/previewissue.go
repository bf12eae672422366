package cli

import (
	"fmt"
	"strings"

	"github.com/vedettehq/vedette/internal/client"
)

// previewIssues shows the issues that a run would touch.
func (s *Screen) previewIssues(p *client.Preview) {
	for _, part := range []struct {
		done   string
		issues []client.PreviewIssue
		line   func(*client.PreviewIssue) string
	}{
		{"created", p.Created, func(i *client.PreviewIssue) string {
			return fmt.Sprintf("+ %s  %s", oneLine(i.ModelID), FieldsInCode(i.Data))
		}},
		{"updated", p.Updated, func(i *client.PreviewIssue) string {
			return fmt.Sprintf("~ %s  %s", oneLine(i.ModelID), strings.Join(Difference(i.Before, i.Data), ", "))
		}},
		{"solved", p.Solved, endedIssue},
		{"dropped", p.Dropped, endedIssue},
	} {
		if len(part.issues) > 0 {
			title := fmt.Sprintf("issues %s: %d", part.done, len(part.issues))
			s.section(title, strings.Join(listed(part.issues, part.line), "\n"))
		}
	}
}

func endedIssue(i *client.PreviewIssue) string {
	reason := i.Reason
	switch reason {
	case "predicate":
		reason = "is_solved() says so"
	case "missing":
		reason = "the update did not return it"
	}
	return fmt.Sprintf("- %s  (%s)  %s", oneLine(i.ModelID), reason, FieldsInCode(i.Data))
}
