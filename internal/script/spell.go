package script

import (
	"strings"
	"unicode"
)

// DidYouMean is ` (did you mean "x"?)` with the candidate that name is most
// likely a misspelling of, or nothing: it is to be put behind an error.
func DidYouMean(name string, candidates []string) string {
	if best := nearest(name, candidates); best != "" {
		return ` (did you mean "` + best + `"?)`
	}
	return ""
}

// nearest gives the candidate nearest to name, or "" if none is near: a third of
// the letters may be wrong, but not all, not counting case, hyphens and
// underscores.
func nearest(name string, candidates []string) string {
	folded := fold(name)
	best, limit := "", min(max(1, len(folded)/3)+1, len(folded))
	for _, candidate := range candidates {
		if d := distance(folded, fold(candidate)); d < limit && candidate != name {
			best, limit = candidate, d
		}
	}
	return best
}

func fold(name string) string {
	return strings.Map(func(r rune) rune {
		if r == '_' || r == '-' {
			return -1
		}
		return unicode.ToLower(r)
	}, name)
}

// distance counts the edits between two words; swapping two neighbours is one,
// since that is what fingers do.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	before, previous, row := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(x); i++ {
		before, previous, row = previous, row, before
		row[0] = i
		for j := 1; j <= len(y); j++ {
			substitution := previous[j-1]
			if x[i-1] != y[j-1] {
				substitution++
			}
			row[j] = min(substitution, previous[j]+1, row[j-1]+1)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
	}
	return row[len(y)]
}
