//go:build !linux

package deploytest

import (
	"syscall"
	"testing"
)

func emptyRoot(t *testing.T, _ string) *syscall.SysProcAttr {
	t.Helper()
	t.Skip("an empty root without privileges takes Linux")
	return nil
}
