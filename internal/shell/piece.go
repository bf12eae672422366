package shell

import (
	"strings"

	"github.com/vedettehq/vedette/internal/script"
)

// piece is a part of a script that is run at a time: a command, or code.
type piece struct {
	// line is the number of its first line.
	line    int
	text    string
	command bool
}

// pieces cuts a script up. Code goes on for as long as its statement does: while
// brackets and texts are open, and over lines that are indented, as in a file of
// code. A command is a line that no code is open at.
func (s *Shell) pieces(text string) []piece {
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	var list []piece
	for i := 0; i < len(lines); {
		if isBlank(lines[i]) {
			i++
			continue
		}
		if words, ok := s.commandIn(lines[i]); ok && !isIndented(lines[i]) {
			list = append(list, piece{line: i + 1, text: words, command: true})
			i++
			continue
		}
		end := codeEnd(lines, i)
		list = append(list, piece{line: i + 1, text: strings.TrimRight(strings.Join(lines[i:end], "\n"), "\n")})
		i = end
	}
	return list
}

// codeEnd finds the line behind a statement.
func codeEnd(lines []string, start int) int {
	for end := start + 1; ; end++ {
		if end >= len(lines) {
			return len(lines)
		}
		if isBlank(lines[end]) || isIndented(lines[end]) || goesOn(lines[end]) {
			continue
		}
		if !script.Unfinished(strings.Join(lines[start:end], "\n")) {
			return end
		}
	}
}

// goesOn tells whether a line belongs to the if before it.
func goesOn(line string) bool {
	word, _ := firstWord(line)
	return word == "else" || word == "elif"
}

func isIndented(line string) bool {
	return strings.HasPrefix(line, " ") || strings.HasPrefix(line, "\t")
}

// isBlank tells whether a line has nothing in it that is run.
func isBlank(line string) bool {
	text := strings.TrimSpace(line)
	return text == "" || strings.HasPrefix(text, "#")
}
