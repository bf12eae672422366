package testenv

import (
	"bufio"
	"bytes"
	"context"
	"embed"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// sqsFiles are the stand-in for SQS, without what it depends on.
//
//go:embed sqs/package.json sqs/package-lock.json sqs/server.mjs
var sqsFiles embed.FS

const howSQS = "install Node.js 20 or newer with npm, or set " + EnvSQS + " to the URL of a server that speaks SQS"

// ownSQS is the stand-in that this process started, if it had to.
var ownSQS struct {
	once   sync.Once
	server *SQSServer
	err    error
}

// SQS gives the URL of a stand-in for Amazon SQS. It serves all tests, so queues
// need names of their own. Any credentials do. It skips the test where there is
// none.
func SQS(t testing.TB) string {
	t.Helper()
	if url := os.Getenv(EnvSQS); url != "" {
		return url
	}
	ownSQS.once.Do(func() { ownSQS.server, ownSQS.err = StartSQS(t.Context(), 0) })
	if ownSQS.err != nil {
		Skip(t, "a stand-in for SQS", howSQS+" ("+ownSQS.err.Error()+")")
	}
	return ownSQS.server.URL
}

// SQSServer is a stand-in for Amazon SQS that belongs to this process and listens
// on 127.0.0.1 only. It forgets everything when it stops.
type SQSServer struct {
	// URL is where it serves.
	URL string

	stop func() error
}

// Stop ends the server.
func (s *SQSServer) Stop() error { return s.stop() }

// StartSQS starts a stand-in on a port, or on a free one if that is 0.
func StartSQS(ctx context.Context, port int) (*SQSServer, error) {
	node, err := exec.LookPath("node")
	if err != nil {
		return nil, err
	}
	dir, err := nodePackage{"sqs", sqsFiles}.install(ctx)
	if err != nil {
		return nil, err
	}
	// Not bound to ctx: the server outlives the test that happened to start it.
	command := exec.Command(node, "server.mjs", strconv.Itoa(port))
	command.Dir = dir
	var complaints bytes.Buffer
	command.Stderr = &complaints
	alive, err := command.StdinPipe()
	if err != nil {
		return nil, err
	}
	output, err := command.StdoutPipe()
	if err != nil {
		return nil, errors.Join(err, alive.Close())
	}
	if err := command.Start(); err != nil {
		return nil, fmt.Errorf("start the stand-in for SQS: %w", err)
	}
	stop := sync.OnceValue(func() error { return errors.Join(alive.Close(), command.Wait()) })
	url, err := bufio.NewReader(output).ReadString('\n')
	if err != nil {
		return nil, errors.Join(fmt.Errorf("start the stand-in for SQS: %w", err), stop(), errors.New(complaints.String()))
	}
	return &SQSServer{URL: strings.TrimSpace(url), stop: stop}, nil
}

func stopOwnSQS() {
	if ownSQS.server == nil {
		return
	}
	if err := ownSQS.server.Stop(); err != nil {
		fmt.Fprintln(os.Stderr, "stop the stand-in for SQS:", err)
	}
}
