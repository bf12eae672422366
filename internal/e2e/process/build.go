package process

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
)

// Build builds the binary into dir and returns its path. It works from anywhere
// in the repository, and compiles nothing anew that `go test` has compiled.
func Build(ctx context.Context, dir string) (string, error) {
	return build(ctx, dir, nil)
}

// BuildWith builds the binary with flags of the compiler.
func BuildWith(ctx context.Context, dir string, flags ...string) (string, error) {
	return build(ctx, dir, nil, flags...)
}

// BuildRelease builds what is handed out: with the flags of `make build`, but for
// the version.
func BuildRelease(ctx context.Context, dir string) (string, error) {
	return build(ctx, dir, []string{"CGO_ENABLED=0"}, "-trimpath", "-ldflags", "-s -w")
}

// BuildFrom builds the binary of another copy of the source into dir.
func BuildFrom(ctx context.Context, source, dir string) (string, error) {
	return buildFrom(ctx, source, dir, nil)
}

func build(ctx context.Context, dir string, env []string, flags ...string) (string, error) {
	root, err := Root()
	if err != nil {
		return "", err
	}
	return buildFrom(ctx, root, dir, env, flags...)
}

func buildFrom(ctx context.Context, source, dir string, env []string, flags ...string) (string, error) {
	binary := filepath.Join(dir, "vedette")
	arguments := slices.Concat([]string{"build", "-o", binary}, flags, []string{"./cmd/vedette"})
	command := exec.CommandContext(ctx, "go", arguments...)
	command.Dir = source
	command.Env = append(os.Environ(), env...)
	if out, err := command.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build the binary: %w: %s", err, out)
	}
	return binary, nil
}

// Root is the repository's directory: the nearest one above with a go.mod.
func Root() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", errors.New("find the repository: no go.mod in this directory or above")
		}
		dir = parent
	}
}
