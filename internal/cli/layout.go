package cli

import (
	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
)

const (
	// gap is what separates columns.
	gap = "  "
	// narrowest is how far a column may be cut before lines get too long instead.
	narrowest = 10
)

// layout is how wide the columns of a table are.
type layout struct {
	widths []int
	// begun tells whether the header has been shown.
	begun bool
}

func newLayout(columns int) layout { return layout{widths: make([]int, columns)} }

// measure widens the columns to what is in them, and then narrows the flexible
// ones, the widest first, until all fit in total; 0: they always fit.
func (l *layout) measure(titles []string, flexible []bool, rows [][]string, total int) {
	for i, title := range titles {
		l.widths[i] = max(l.widths[i], width(title))
		for _, row := range rows {
			l.widths[i] = max(l.widths[i], width(row[i]))
		}
	}
	if total == 0 {
		return
	}
	for excess := l.total() - total; excess > 0; excess = l.total() - total {
		widest, second := l.widest(flexible)
		if widest < 0 {
			return
		}
		floor := max(narrowest, second, width(titles[widest]))
		cut := min(excess, max(l.widths[widest]-floor, 1))
		if l.widths[widest]-cut < max(narrowest, width(titles[widest])) {
			return
		}
		l.widths[widest] -= cut
	}
}

// total is the length of a line.
func (l *layout) total() int {
	total := len(gap) * (len(l.widths) - 1)
	for _, w := range l.widths {
		total += w
	}
	return total
}

// widest finds the widest flexible column, -1 if there is none, and the width of
// the next one.
func (l *layout) widest(flexible []bool) (index, second int) {
	index = -1
	for i, w := range l.widths {
		switch {
		case !flexible[i]:
		case index < 0:
			index = i
		case w > l.widths[index]:
			index, second = i, l.widths[index]
		default:
			second = max(second, w)
		}
	}
	return index, second
}

// writer makes an empty table of these widths, without lines around it.
func (l *layout) writer(rightAligned []bool) table.Writer {
	style := table.StyleDefault
	style.Options = table.OptionsNoBordersAndSeparators
	style.Format.Header = text.FormatDefault
	style.Box.PaddingLeft, style.Box.PaddingRight = "", gap
	writer := table.NewWriter()
	writer.SetStyle(style)
	writer.SuppressTrailingSpaces()
	configs := make([]table.ColumnConfig, len(l.widths))
	for i, w := range l.widths {
		align := text.AlignLeft
		if rightAligned[i] {
			align = text.AlignRight
		}
		configs[i] = table.ColumnConfig{Number: i + 1, WidthMin: w, Align: align, AlignHeader: align}
	}
	writer.SetColumnConfigs(configs)
	return writer
}

func width(cell string) int { return text.StringWidthWithoutEscSequences(cell) }
