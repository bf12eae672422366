package patch

import (
	"github.com/aymanbagabas/go-udiff"

	"github.com/vedettehq/vedette/internal/monitor"
)

// Merge brings two changes of the same files together. Where both changed the
// same lines, or one removed what the other changed, mine stays as it is, and the
// file is among the clashes.
func Merge(base, mine, theirs monitor.Files) (merged monitor.Files, clashes []string) {
	merged = monitor.Files{}
	for _, file := range Names(base, mine, theirs) {
		was, ours, other := textOf(base, file), textOf(mine, file), textOf(theirs, file)
		result := ours
		switch {
		case ours == was:
			result = other
		case other == was, other == ours:
		default:
			var ok bool
			if result, ok = mergeText(was, ours, other); !ok {
				result = ours
				clashes = append(clashes, file)
			}
		}
		if result.there {
			merged[file] = result.content
		}
	}
	return merged, clashes
}

// text is a file that may not be there.
type text struct {
	content string
	there   bool
}

func textOf(files monitor.Files, file string) text {
	content, there := files[file]
	return text{content, there}
}

// mergeText brings two changes of one file together, if they are of different
// lines. Changes of lines next to each other belong together as often as not, so
// they count as the same.
func mergeText(base, mine, theirs text) (text, bool) {
	if !base.there || !mine.there || !theirs.there {
		return text{}, false
	}
	ours, others := udiff.Lines(base.content, mine.content), udiff.Lines(base.content, theirs.content)
	if touch(ours, others) {
		return text{}, false
	}
	edits, ok := udiff.Merge(ours, others)
	if !ok {
		return text{}, false
	}
	content, err := udiff.Apply(base.content, edits)
	return text{content, true}, err == nil
}

// touch tells whether any of the edits of a is at or next to one of b.
func touch(a, b []udiff.Edit) bool {
	for _, x := range a {
		for _, y := range b {
			if x.Start <= y.End && y.Start <= x.End {
				return true
			}
		}
	}
	return false
}
