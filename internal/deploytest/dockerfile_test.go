package deploytest

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/moby/buildkit/client/llb"
	"github.com/moby/buildkit/frontend/dockerfile/dockerfile2llb"
	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
	"github.com/stretchr/testify/require"
)

func stages(t *testing.T) []instructions.Stage {
	t.Helper()
	parsed, err := parser.Parse(strings.NewReader(read(t, "Dockerfile")))
	require.NoError(t, err)
	require.Empty(t, parsed.Warnings)
	stages, _, err := instructions.Parse(parsed.AST, nil)
	require.NoError(t, err)
	return stages
}

func TestDockerfile_HasNothingThatTheLinterMinds(t *testing.T) {
	t.Parallel()
	content := []byte(read(t, "Dockerfile"))
	source := llb.NewSourceMap(nil, "Dockerfile", "dockerfile", content)
	source.Definition = &llb.Definition{}
	results, err := dockerfile2llb.DockerfileLint(t.Context(), content, dockerfile2llb.ConvertOpt{SourceMap: source, MetaResolver: anyBase{}})
	require.NoError(t, err)
	require.Nil(t, results.Error)
	require.Empty(t, results.Warnings)
}

func TestDockerfile_TheImageIsAnEmptyRootWithOneBinary(t *testing.T) {
	t.Parallel()
	all := stages(t)
	last := all[len(all)-1]
	require.Equal(t, "scratch", last.BaseName)

	var user, command string
	var health bool
	for _, instruction := range last.Commands {
		switch instruction := instruction.(type) {
		case *instructions.UserCommand:
			user = instruction.User
		case *instructions.EntrypointCommand:
			require.False(t, instruction.PrependShell, "there is no shell")
			command = strings.Join(instruction.CmdLine, " ")
		case *instructions.HealthCheckCommand:
			health = true
			require.Equal(t, "CMD", instruction.Health.Test[0], "there is no shell")
		case *instructions.RunCommand:
			require.Fail(t, "nothing can run in an empty root")
		}
	}
	require.Equal(t, "65532:65532", user)
	require.Equal(t, "vedette", command)
	require.True(t, health)
}

func TestDockerfile_BuildsForPlatformsOnTheBuildersOwn(t *testing.T) {
	t.Parallel()
	require.Equal(t, "$BUILDPLATFORM", stages(t)[0].Platform)
	require.Contains(t, read(t, "Dockerfile"), `GOOS="${TARGETOS}" GOARCH="${TARGETARCH}"`)
}

// What an image is built from must not hold what nobody may read.
func TestDockerignore_KeepsSecretsAndDataOut(t *testing.T) {
	t.Parallel()
	lines := bytes.Split([]byte(read(t, ".dockerignore")), []byte("\n"))
	for _, name := range []string{".env*", ".git", "data", "configs.yaml"} {
		require.Contains(t, lines, []byte(name))
	}
	for _, needed := range []string{"cmd", "internal", "migrations", "resources/monitors", "configs"} {
		require.NotContains(t, lines, []byte(needed))
		_, err := os.Stat(filepath.Join(root, needed))
		require.NoError(t, err)
	}
}
