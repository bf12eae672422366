package telemetry

import (
	"runtime/debug"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestBuildOf(t *testing.T) {
	t.Parallel()
	info := &debug.BuildInfo{
		GoVersion: "go1.26.8",
		Main:      debug.Module{Version: "v0.0.0-2026+dirty"},
		Settings: []debug.BuildSetting{
			{Key: "vcs.revision", Value: "0123456789abcdef0123456789abcdef01234567"},
			{Key: "vcs.modified", Value: "true"},
		},
	}

	build := buildOf(info, "")
	require.Equal(t, Build{Version: "v0.0.0-2026+dirty", Commit: "0123456789ab", Modified: true, GoVersion: "go1.26.8"}, build)
	require.Equal(t, "v0.0.0-2026+dirty (0123456789ab, modified) go1.26.8", build.String())

	require.Equal(t, "v1.2.3", buildOf(info, "v1.2.3").Version, "the linker's word counts more")
	require.Equal(t, "(devel)", buildOf(&debug.BuildInfo{}, "").String())
}

func TestReadBuild_OfThisTest(t *testing.T) {
	t.Parallel()
	build := ReadBuild()
	require.NotEmpty(t, build.Version)
	require.Contains(t, build.GoVersion, "go1.")
}
