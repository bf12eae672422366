package shell

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/gofrs/flock"
)

const (
	// keptLines is how many inputs the history keeps.
	keptLines = 2000
	// maxKeptBytes is how long an input may be to be kept.
	maxKeptBytes = 16 << 10
)

// History is what was typed, kept in a file that only its owner can read. Any
// number of shells may write to the same one; each sees what was in it when it
// began, and its own.
type History struct {
	path string

	mu    sync.Mutex
	lines []string
}

// OpenHistory reads a history; a file that is not there yet is an empty one. An
// empty path keeps it in memory only.
func OpenHistory(path string) (*History, error) {
	h := &History{path: path}
	if path == "" {
		return h, nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of the history: %w", err)
	}
	unlock, err := h.lock()
	if err != nil {
		return nil, err
	}
	err = h.read()
	if err == nil && len(h.lines) > keptLines {
		h.lines = slices.Clone(h.lines[len(h.lines)-keptLines:])
		err = h.rewrite()
	}
	return h, errors.Join(err, unlock())
}

// HistoryPath is where the history is kept: in the folder for what programs keep
// between two runs; empty if there is none.
func HistoryPath(lookup func(string) (string, bool)) string {
	if folder, ok := lookup("XDG_STATE_HOME"); ok && filepath.IsAbs(folder) {
		return filepath.Join(folder, "vedette", "shell_history")
	}
	if home, ok := lookup("HOME"); ok && filepath.IsAbs(home) {
		return filepath.Join(home, ".local", "state", "vedette", "shell_history")
	}
	return ""
}

// read takes in the file. Its lines are JSON, since inputs have line ends in them;
// one that is not was not written here, and is left out.
func (h *History) read() (err error) {
	file, err := os.Open(h.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("open the history: %w", err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 8*maxKeptBytes)
	for lines.Scan() {
		var line string
		if json.Unmarshal(lines.Bytes(), &line) == nil {
			h.lines = append(h.lines, line)
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("read the history: %w", err)
	}
	return nil
}

// rewrite replaces the file by what is kept of it.
func (h *History) rewrite() error {
	var text strings.Builder
	for _, line := range h.lines {
		encoded, err := json.Marshal(line)
		if err != nil {
			return fmt.Errorf("write the history: %w", err)
		}
		text.Write(encoded)
		text.WriteByte('\n')
	}
	next := h.path + ".new"
	if err := os.WriteFile(next, []byte(text.String()), 0o600); err != nil {
		return fmt.Errorf("write the history: %w", err)
	}
	if err := os.Rename(next, h.path); err != nil {
		return fmt.Errorf("write the history: %w", err)
	}
	return nil
}

// Write adds an input, unless it is one of those that are not kept, and gives how
// many there are.
func (h *History) Write(line string) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	kept := strings.TrimSpace(line)
	if !isKept(line) || len(h.lines) > 0 && h.lines[len(h.lines)-1] == kept {
		return len(h.lines), nil
	}
	h.lines = append(h.lines, kept)
	if h.path == "" {
		return len(h.lines), nil
	}
	return len(h.lines), h.append(kept)
}

func (h *History) append(line string) (err error) {
	encoded, err := json.Marshal(line)
	if err != nil {
		return fmt.Errorf("write the history: %w", err)
	}
	unlock, err := h.lock()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, unlock()) }()
	file, err := os.OpenFile(h.path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("write the history: %w", err)
	}
	_, err = file.Write(append(encoded, '\n'))
	if err := errors.Join(err, file.Close()); err != nil {
		return fmt.Errorf("write the history: %w", err)
	}
	return nil
}

// lock keeps other shells from the file.
func (h *History) lock() (unlock func() error, err error) {
	lock := flock.New(h.path+".lock", flock.SetPermissions(0o600))
	if err := lock.Lock(); err != nil {
		return nil, fmt.Errorf("lock the history: %w", err)
	}
	return lock.Unlock, nil
}

// password finds addresses with a password in them.
var password = regexp.MustCompile(`://[^/\s:@"']*:[^/\s@"']+@`)

// isKept tells whether an input may be kept: not if a space comes first, which
// says so; nor if a password can be seen in it.
func isKept(line string) bool {
	return strings.TrimSpace(line) != "" && !strings.HasPrefix(line, " ") && len(line) <= maxKeptBytes && !password.MatchString(line)
}

// GetLine is the input of a number, counted from 0.
func (h *History) GetLine(i int) (string, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if i < 0 || i >= len(h.lines) {
		return "", fmt.Errorf("the history has no line %d", i)
	}
	return h.lines[i], nil
}

// Len is how many inputs there are.
func (h *History) Len() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.lines)
}

// Dump is all of them.
func (h *History) Dump() any {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.lines)
}
