package postgres_test

import (
	"net"
	"net/url"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5/pgproto3"
	"github.com/stretchr/testify/require"
)

// startPooler stands before a server as a transaction pooler does, and gives its
// address: after each transaction nothing of the session is left, neither
// prepared statements nor a listen, and the server's process is not the one that
// the client was told.
func startPooler(tb testing.TB, address string) string {
	tb.Helper()
	u, err := url.Parse(address)
	require.NoError(tb, err)
	backend := u.Host
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(tb, err)
	var connections sync.WaitGroup
	connections.Go(func() {
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
			connections.Go(func() { pass(client, server) })
		}
	})
	tb.Cleanup(func() {
		require.NoError(tb, listener.Close())
		connections.Wait()
	})
	u.Host = listener.Addr().String()
	return u.String()
}

// pass passes messages on until either side closes.
func pass(client, server net.Conn) {
	var upstream sync.WaitGroup
	upstream.Go(func() {
		buffer := make([]byte, 1<<16)
		for {
			n, err := client.Read(buffer)
			if err != nil {
				break
			}
			if _, err := server.Write(buffer[:n]); err != nil {
				break
			}
		}
		_ = server.Close()
	})
	passBack(client, server)
	_ = client.Close()
	upstream.Wait()
}

func passBack(client, server net.Conn) {
	frontend := pgproto3.NewFrontend(server, server)
	discarding := false
	for {
		message, err := frontend.Receive()
		if err != nil {
			return
		}
		ready, isReady := message.(*pgproto3.ReadyForQuery)
		switch message := message.(type) {
		case *pgproto3.BackendKeyData:
			message.ProcessID++
		case *pgproto3.NotificationResponse:
			continue
		}
		if isReady && ready.TxStatus == 'I' && !discarding {
			discarding = true
			frontend.Send(&pgproto3.Query{String: "discard all"})
			if frontend.Flush() != nil {
				return
			}
			continue
		}
		if discarding && !isReady {
			continue
		}
		discarding = false
		encoded, err := message.Encode(nil)
		if err != nil {
			return
		}
		if _, err := client.Write(encoded); err != nil {
			return
		}
	}
}
