package slack

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"github.com/vedettehq/vedette/internal/notify"
)

const (
	// maxCell bounds a column, so that one long value does not push the others out
	// of sight.
	maxCell = 80
	// maxTables bounds the sections that the table takes. What is in none of them is
	// counted as "more".
	maxTables = 3
)

const fence = "```"

// table shows issues in columns of equal width, and says how many of them it shows.
// Text in a code block is left alone by Slack, but for what escape takes care of.
func table(fields []string, issues []notify.IssueRow) (blocks []slack.Block, shown int) {
	if len(fields) == 0 || len(issues) == 0 {
		return nil, 0
	}
	rows := [][]string{cells(fields)}
	for i := range issues {
		rows = append(rows, cells(issues[i].Values))
	}
	widths := widthsOf(rows)
	var text strings.Builder
	size := 0
	flush := func() {
		blocks = append(blocks, slack.NewSectionBlock(words(fence+"\n"+text.String()+fence), nil, nil))
		text.Reset()
		size = 0
	}
	room := maxSection - 2*len(fence) - 1
	for i, row := range rows {
		line := escape(aligned(row, widths), room-1) + "\n"
		length := utf8.RuneCountInString(line)
		if size+length > room {
			flush()
			if len(blocks) == maxTables {
				return blocks, i - 1
			}
		}
		text.WriteString(line)
		size += length
	}
	flush()
	return blocks, len(issues)
}

// cells makes values fit into a row.
func cells(values []string) []string {
	row := make([]string, len(values))
	for i, value := range values {
		row[i] = cell(value)
	}
	return row
}

func cell(value string) string {
	value = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, oneLine(value))
	// Three in a row would end the code block. What is put between them has no width.
	value = strings.ReplaceAll(value, "``", "`\u200b`\u200b")
	if runes := []rune(value); len(runes) > maxCell {
		value = string(runes[:maxCell-1]) + ellipsis
	}
	return value
}

func widthsOf(rows [][]string) []int {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(row[i]))
		}
	}
	return widths
}

func aligned(row []string, widths []int) string {
	var b strings.Builder
	for i := range row {
		if i > 0 {
			b.WriteString("  ")
		}
		fmt.Fprintf(&b, "%-*s", widths[i], row[i])
	}
	return strings.TrimRight(b.String(), " ")
}
