package httpapi

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/testenv"
)

func TestDocument_SatisfiesAPublicLinter(t *testing.T) {
	t.Parallel()
	got := newWorld(t).send("GET", "/api/openapi.json", "")
	require.Equal(t, 200, got.status)
	require.Empty(t, testenv.LintOpenAPI(t, []byte(got.body)))
}
