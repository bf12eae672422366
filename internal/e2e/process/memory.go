package process

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"strings"
)

// Memory is what a process occupies, in bytes.
type Memory struct {
	// Resident is what it occupies now, Peak the most it ever did.
	Resident, Peak int64
}

// MemoryOf reads the memory of a process by its id. Only Linux tells.
func MemoryOf(pid int) (m Memory, err error) {
	file, err := os.Open(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return m, fmt.Errorf("read the memory of a process: %w", err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		name, value, _ := strings.Cut(lines.Text(), ":")
		switch name {
		case "VmRSS":
			m.Resident, err = kibibytes(value)
		case "VmHWM":
			m.Peak, err = kibibytes(value)
		}
		if err != nil {
			return m, err
		}
	}
	return m, lines.Err()
}

func kibibytes(value string) (int64, error) {
	var n int64
	if _, err := fmt.Sscanf(strings.TrimSpace(value), "%d kB", &n); err != nil {
		return 0, fmt.Errorf("read %q as a size: %w", value, err)
	}
	return n << 10, nil
}
