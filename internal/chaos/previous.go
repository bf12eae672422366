package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/vedettehq/vedette/internal/e2e/process"
)

// errNoHistory says that there is nothing to go back to.
var errNoHistory = errors.New("the repository's history does not reach back to the newest migration: fetch all of it")

// previous is the source as it was before the newest migration came.
type previous struct {
	// dir has the source, binary is what it builds.
	dir, binary string
}

// newestMigration is the file that made the schema what it is.
func newestMigration(root string) (string, error) {
	files, err := filepath.Glob(filepath.Join(root, "migrations", "postgres", "*.up.sql"))
	if err != nil || len(files) < 2 {
		return "", errors.Join(err, errors.New("there is no schema before the newest one"))
	}
	return filepath.Rel(root, slices.Max(files))
}

// checkOutPrevious makes a copy of the source as it was before the newest
// migration. It is [errNoHistory] if that is not known here.
func checkOutPrevious(ctx context.Context, dir string) error {
	root, err := process.Root()
	if err != nil {
		return err
	}
	migration, err := newestMigration(root)
	if err != nil {
		return err
	}
	added, err := git(ctx, root, "log", "--diff-filter=A", "--format=%H", "-1", "--", migration)
	if err != nil {
		return errors.Join(errNoHistory, err)
	}
	revision := "HEAD"
	if added != "" {
		revision = added + "^"
	}
	if _, err := git(ctx, root, "rev-parse", "--verify", revision+"^{tree}"); err != nil {
		return errNoHistory
	}
	archive := filepath.Join(dir, "source.tar")
	if _, err := git(ctx, root, "archive", "--output", archive, revision); err != nil {
		return err
	}
	if out, err := exec.CommandContext(ctx, "tar", "-x", "-f", archive, "-C", dir).CombinedOutput(); err != nil {
		return fmt.Errorf("unpack the previous source: %w: %s", err, out)
	}
	return os.Remove(archive)
}

func git(ctx context.Context, root string, arguments ...string) (string, error) {
	out, err := exec.CommandContext(ctx, "git", append([]string{"-C", root}, arguments...)...).CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("git %s: %w: %s", arguments[0], err, out)
	}
	return strings.TrimSpace(string(out)), nil
}

// before builds, once, the binary of the schema before this one.
func (l *lab) before(ctx context.Context) (*previous, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.earlier != nil {
		return l.earlier, nil
	}
	p := &previous{dir: filepath.Join(l.dir, "previous")}
	if err := os.Mkdir(p.dir, 0o700); err != nil && !errors.Is(err, os.ErrExist) {
		return nil, err
	}
	if err := checkOutPrevious(ctx, p.dir); err != nil {
		return nil, err
	}
	var err error
	if p.binary, err = process.BuildFrom(ctx, p.dir, p.dir); err != nil {
		return nil, err
	}
	l.earlier = p
	return p, nil
}
