//go:build !linux

package testenv

import "syscall"

// unprivileged needs nothing where tests are not run as root.
func unprivileged(string) (*syscall.SysProcAttr, error) { return &syscall.SysProcAttr{}, nil }
