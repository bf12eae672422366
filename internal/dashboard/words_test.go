package dashboard

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
)

func TestPage_HasWordsForEveryEvent(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile("web/src/words.ts")
	require.NoError(t, err)
	_, table, _ := strings.Cut(string(source), "export const events")
	table, _, _ = strings.Cut(table, "};")
	var words []string
	for _, match := range regexp.MustCompile(`(?m)^ +(\w+): "`).FindAllStringSubmatch(table, -1) {
		words = append(words, match[1])
	}
	var names []string
	for _, name := range monitor.EventNames {
		names = append(names, string(name))
	}
	require.ElementsMatch(t, names, words)
}
