package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/vedettehq/vedette/internal/e2e/process"
)

// envSkew is by how much a process's clock is off, in whole seconds.
const envSkew = "CHAOS_CLOCK_SKEW"

// The clock of a Go program cannot be put off from outside: it asks the kernel
// without any library in between, and the kernel has one time of day for all. So
// the standard library is compiled with a clock that is off, and not a line of
// ours is another.
const (
	readClock  = "\tsec, nsec, mono := runtimeNow()\n"
	shiftClock = readClock + "\tsec += clockSkew\n"
	skewSource = `
var clockSkew = func() int64 {
	text, _ := syscall.Getenv("` + envSkew + `")
	skew, _ := ParseDuration(text)
	return int64(skew / Second)
}()
`
)

// buildSkewed builds a binary that heeds [envSkew]. The first time that takes
// minutes, since nothing of what is compiled already can be used.
func buildSkewed(ctx context.Context, dir string) (string, error) {
	out, err := exec.CommandContext(ctx, "go", "env", "GOROOT").Output()
	if err != nil {
		return "", fmt.Errorf("ask for GOROOT: %w", err)
	}
	original := filepath.Join(strings.TrimSpace(string(out)), "src", "time", "time.go")
	text, err := os.ReadFile(original)
	if err != nil {
		return "", err
	}
	if strings.Count(string(text), readClock) != 1 {
		return "", errors.New("this Go reads its clock in another way: mend readClock, or leave clocks alone with -clocks=false")
	}
	shifted := strings.Replace(string(text), readClock, shiftClock, 1)
	shifted = strings.Replace(shifted, "import (\n", "import (\n\t\"syscall\"\n", 1) + skewSource
	folder := filepath.Join(dir, "skewed")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", err
	}
	replacement := filepath.Join(folder, "time.go")
	overlay, err := json.Marshal(map[string]map[string]string{"Replace": {original: replacement}})
	if err != nil {
		return "", err
	}
	overlayFile := filepath.Join(folder, "overlay.json")
	if err := errors.Join(os.WriteFile(replacement, []byte(shifted), 0o600), os.WriteFile(overlayFile, overlay, 0o600)); err != nil {
		return "", err
	}
	return process.BuildWith(ctx, folder, "-overlay", overlayFile)
}
