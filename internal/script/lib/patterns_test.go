package lib

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

// A monitor that makes up patterns without end must not fill the memory of all.
func TestPatterns_KeepsOnlySoMuch(t *testing.T) {
	t.Parallel()
	p := new(patterns)
	for i := range 1000 {
		pattern := fmt.Sprintf("a{1000}%d", i)
		instructions, err := instructionsOf(pattern)
		require.NoError(t, err)
		require.Greater(t, instructions, 1000)
		p.keep(pattern, nil, instructions)
		require.LessOrEqual(t, p.instructions, maxKeptInstructions)
	}
	require.NotEmpty(t, p.compiled)

	p.keep("large", nil, maxKeptPattern+1)
	require.NotContains(t, p.compiled, "large")
}
