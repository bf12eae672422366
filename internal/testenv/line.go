package testenv

import (
	"bytes"
	"net"
	"net/url"
	"sync"
	"testing"
)

// Line stands before a server and may fall silent, as a network does that loses
// everything: connections stay open, and nothing comes any more.
type Line struct {
	// Address is the server's by this line.
	Address string
	// AfterLogin has each connection to PostgreSQL fall silent when it is ready for
	// queries. To be set before the first.
	AfterLogin bool

	mu     sync.Mutex
	silent bool
	conns  []net.Conn
}

// NewLine lays a line to the server of an address, until the test ends.
func NewLine(t testing.TB, address string) *Line {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	backend := u.Host
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l := &Line{}
	var passing sync.WaitGroup
	passing.Go(func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			server, err := net.Dial("tcp", backend)
			if err != nil {
				_ = client.Close()
				continue
			}
			l.keep(client, server)
			passing.Go(func() { l.pass(client, server, false) })
			passing.Go(func() { l.pass(server, client, true) })
		}
	})
	t.Cleanup(func() {
		if err := listener.Close(); err != nil {
			t.Error(err)
		}
		l.Mend()
		passing.Wait()
	})
	u.Host = listener.Addr().String()
	l.Address = u.String()
	return l
}

// readyForQuery ends what a server says to somebody whom it lets in.
var readyForQuery = []byte{'Z', 0, 0, 0, 5, 'I'}

func (l *Line) pass(from, to net.Conn, answers bool) {
	defer func() { _ = to.Close() }()
	buffer := make([]byte, 1<<16)
	silent := false
	for {
		n, err := from.Read(buffer)
		if err != nil {
			return
		}
		if silent || l.isSilent() {
			continue
		}
		if _, err := to.Write(buffer[:n]); err != nil {
			return
		}
		silent = answers && l.AfterLogin && bytes.HasSuffix(buffer[:n], readyForQuery)
	}
}

func (l *Line) isSilent() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.silent
}

func (l *Line) keep(conns ...net.Conn) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.conns = append(l.conns, conns...)
}

// FallSilent has nothing pass any more.
func (l *Line) FallSilent() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.silent = true
}

// Mend has new connections work, and ends the others.
func (l *Line) Mend() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.silent = false
	for _, conn := range l.conns {
		// Either end may have closed it.
		_ = conn.Close()
	}
	l.conns = nil
}
