package deploytest

import (
	"os"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// emptyRoot has a process see nothing but a folder, as a user without rights. In
// place of root, a namespace of its own lets an ordinary user do the same.
func emptyRoot(t *testing.T, folder string) *syscall.SysProcAttr {
	t.Helper()
	require.NoError(t, os.Chmod(folder, 0o755))
	const nobody = 65532
	if os.Getuid() == 0 {
		return &syscall.SysProcAttr{Chroot: folder, Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	}
	return &syscall.SysProcAttr{
		Chroot:      folder,
		Cloneflags:  syscall.CLONE_NEWUSER,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: nobody, HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{ContainerID: nobody, HostID: os.Getgid(), Size: 1}},
	}
}
