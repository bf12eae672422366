package testenv

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

// installTimeout bounds an installation, and waiting for that of another process.
const installTimeout = 5 * time.Minute

// nodePackage is a program of Node's, without what it depends on.
type nodePackage struct {
	// name is that of its folder among the files.
	name  string
	files embed.FS
}

// install installs the program into a folder of the user's cache, once for each
// version of its files, and gives that folder.
func (p nodePackage) install(ctx context.Context) (string, error) {
	npm, err := exec.LookPath("npm")
	if err != nil {
		return "", err
	}
	files, digest, err := p.read()
	if err != nil {
		return "", err
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	dir := filepath.Join(cache, "vedette-test", p.name+"-"+digest)
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return "", err
	}
	ctx, cancel := context.WithTimeoutCause(ctx, installTimeout, errors.New("installing took too long"))
	defer cancel()
	lock := flock.New(filepath.Join(dir, "lock"))
	if _, err := lock.TryLockContext(ctx, 100*time.Millisecond); err != nil {
		return "", fmt.Errorf("wait for another process to install %s: %w", p.name, err)
	}
	err = installOnce(ctx, npm, dir, files)
	return dir, errors.Join(err, lock.Close())
}

// installOnce leaves a mark when it is complete.
func installOnce(ctx context.Context, npm, dir string, files map[string][]byte) error {
	mark := filepath.Join(dir, "installed")
	if _, err := os.Stat(mark); err == nil {
		return nil
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			return err
		}
	}
	// Its dependencies ask for a newer Node than the parts of it need that are used.
	command := exec.CommandContext(ctx, npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
	command.Dir = dir
	if out, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("npm ci: %w: %s", err, out)
	}
	return os.WriteFile(mark, nil, 0o600)
}

// read gives the embedded files by name, and a digest of them all.
func (p nodePackage) read() (map[string][]byte, string, error) {
	entries, err := p.files.ReadDir(p.name)
	if err != nil {
		return nil, "", err
	}
	files := map[string][]byte{}
	hash := sha256.New()
	for _, entry := range entries {
		content, err := p.files.ReadFile(p.name + "/" + entry.Name())
		if err != nil {
			return nil, "", err
		}
		files[entry.Name()] = content
		hash.Write(content)
	}
	return files, hex.EncodeToString(hash.Sum(nil))[:16], nil
}
