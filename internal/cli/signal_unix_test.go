//go:build unix

package cli

import (
	"os"
	"syscall"
	"time"
)

// stopAt sends a signal to this very process.
func stopAt(name string) {
	s := syscall.SIGINT
	if name == "KILL" {
		s = syscall.SIGKILL
	}
	_ = syscall.Kill(os.Getpid(), s)
	time.Sleep(50 * time.Millisecond) // until it has come
}
