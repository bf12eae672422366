package monitor

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
)

// Names of the files of a monitor's folder that have a meaning.
const (
	CodeFile   = "monitor.star"
	TestFile   = "monitor_test.star"
	ReadmeFile = "README.md"
	// SharedPrefix leads the names of files loaded from shared/ beside the
	// monitor folders; they are copied into the version under this name.
	SharedPrefix = "//shared/"
)

// Files are the files of a monitor's folder: text by name.
type Files map[string]string

// Hash identifies the content: equal files have equal hashes.
func (f Files) Hash() string {
	sum := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(f)) {
		sum.Write(fmt.Appendf(nil, "%d %s %d %s", len(name), name, len(f[name]), f[name]))
	}
	return hex.EncodeToString(sum.Sum(nil))
}
