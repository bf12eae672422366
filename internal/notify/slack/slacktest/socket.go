package slacktest

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// socket is the side of Socket Mode that sends.
type socket struct {
	mu    sync.Mutex
	conn  *websocket.Conn
	opens int
	next  int
	// waiting are the envelopes that were not acknowledged yet.
	waiting map[string]chan struct{}
	// changed is closed at the next change of conn.
	changed chan struct{}
	refused string
}

func newSocket() socket {
	return socket{waiting: map[string]chan struct{}{}, changed: make(chan struct{})}
}

func (s *Server) openConnection(w http.ResponseWriter, r *http.Request) {
	s.socket.mu.Lock()
	s.socket.opens++
	refused := s.socket.refused
	s.socket.mu.Unlock()
	switch {
	case r.Header.Get("Authorization") != "Bearer "+AppToken:
		say(w, refuse("invalid_auth"))
	case refused != "":
		say(w, refuse(refused))
	default:
		say(w, answer{"ok": true, "url": "ws" + strings.TrimSuffix(strings.TrimPrefix(s.URL, "http"), "/api/") + "/link?ticket=SECRETTICKET"})
	}
}

// link is the connection over which it tells what people do.
func (s *Server) link(w http.ResponseWriter, r *http.Request) {
	upgrader := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	conn, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	hello := map[string]any{"type": "hello", "num_connections": 1, "connection_info": map[string]any{"app_id": "A0001"}}
	if err := conn.WriteJSON(hello); err != nil {
		return
	}
	s.socket.connected(conn)
	pinging := make(chan struct{})
	defer close(pinging)
	go ping(conn, pinging)
	defer s.socket.gone(conn)
	for {
		var acknowledged struct {
			EnvelopeID string `json:"envelope_id"`
		}
		if err := conn.ReadJSON(&acknowledged); err != nil {
			return
		}
		s.socket.acknowledge(acknowledged.EnvelopeID)
	}
}

// ping does what keeps whoever listens from giving the connection up.
func ping(conn *websocket.Conn, until <-chan struct{}) {
	ticker := time.NewTicker(5 * time.Second)
	defer ticker.Stop()
	for {
		select {
		case <-until:
			return
		case <-ticker.C:
			if conn.WriteControl(websocket.PingMessage, []byte("Ping from the stand-in"), time.Now().Add(time.Second)) != nil {
				return
			}
		}
	}
}

func (s *socket) connected(conn *websocket.Conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.conn = conn
	close(s.changed)
	s.changed = make(chan struct{})
}

func (s *socket) gone(conn *websocket.Conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	_ = conn.Close()
	if s.conn == conn {
		s.conn = nil
		close(s.changed)
		s.changed = make(chan struct{})
	}
}

func (s *socket) acknowledge(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if done := s.waiting[id]; done != nil {
		close(done)
		delete(s.waiting, id)
	}
}

// send sends an envelope and waits until it is acknowledged.
func (s *Server) send(ctx context.Context, kind string, payload any) error {
	if err := s.WaitForConnection(ctx); err != nil {
		return err
	}
	k := &s.socket
	k.mu.Lock()
	if k.conn == nil {
		k.mu.Unlock()
		return s.send(ctx, kind, payload)
	}
	k.next++
	id := fmt.Sprintf("envelope-%d", k.next)
	done := make(chan struct{})
	k.waiting[id] = done
	err := k.conn.WriteJSON(map[string]any{"type": kind, "envelope_id": id, "payload": payload, "accepts_response_payload": false})
	k.mu.Unlock()
	if err != nil {
		return err
	}
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("wait for the acknowledgement of %s: %w", kind, context.Cause(ctx))
	}
}

// WaitForConnection waits until somebody listens.
func (s *Server) WaitForConnection(ctx context.Context) error {
	for {
		s.socket.mu.Lock()
		connected, changed := s.socket.conn != nil, s.socket.changed
		s.socket.mu.Unlock()
		if connected {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return fmt.Errorf("wait for a connection: %w", context.Cause(ctx))
		}
	}
}

// Connected tells whether somebody listens.
func (s *Server) Connected() bool {
	s.socket.mu.Lock()
	defer s.socket.mu.Unlock()
	return s.socket.conn != nil
}

// Opens counts how often somebody asked to listen.
func (s *Server) Opens() int {
	s.socket.mu.Lock()
	defer s.socket.mu.Unlock()
	return s.socket.opens
}

// RefuseConnections answers everybody who asks to listen with this error; empty:
// nobody any more.
func (s *Server) RefuseConnections(code string) {
	s.socket.mu.Lock()
	defer s.socket.mu.Unlock()
	s.socket.refused = code
}

// Disconnect cuts the connection without a word, if there is one.
func (s *Server) Disconnect() {
	s.socket.mu.Lock()
	conn := s.socket.conn
	s.socket.mu.Unlock()
	if conn != nil {
		s.socket.gone(conn)
	}
}

// Renew asks whoever listens to connect anew, as Slack does every few hours.
func (s *Server) Renew() error {
	s.socket.mu.Lock()
	defer s.socket.mu.Unlock()
	return s.socket.conn.WriteJSON(map[string]any{"type": "disconnect", "reason": "refresh_requested"})
}

// Mention has somebody write a message that names the bot, and gives the message's
// time. text is without the bot's name.
func (s *Server) Mention(ctx context.Context, channel, user, text string) (ts string, err error) {
	text = "<@" + BotID + "> " + text
	ts = s.Post(channel, user, text)
	return ts, s.send(ctx, "events_api", map[string]any{
		"type": "event_callback", "team_id": TeamID, "api_app_id": "A0001", "event_id": "Ev" + ts, "event_time": time.Now().Unix(),
		"event": map[string]any{"type": "app_mention", "user": user, "text": text, "ts": ts, "channel": channel, "event_ts": ts},
	})
}

// Press has somebody press a button.
func (s *Server) Press(ctx context.Context, channel, ts, user string, b Button) error {
	return s.send(ctx, "interactive", map[string]any{
		"type": "block_actions", "team": map[string]any{"id": TeamID},
		"user":      map[string]any{"id": user, "username": user, "team_id": TeamID},
		"channel":   map[string]any{"id": channel, "name": "alerts"},
		"container": map[string]any{"type": "message_attachment", "message_ts": ts, "channel_id": channel},
		"message":   map[string]any{"type": "message", "ts": ts},
		"actions": []any{map[string]any{
			"type": "button", "action_id": b.ActionID, "block_id": "b", "value": b.Value, "action_ts": ts,
			"text": map[string]any{"type": "plain_text", "text": b.Text},
		}},
	})
}

// Garbage sends what nobody understands.
func (s *Server) Garbage() error {
	s.socket.mu.Lock()
	defer s.socket.mu.Unlock()
	return s.socket.conn.WriteMessage(websocket.TextMessage, json.RawMessage(`{"type":"riddle","envelope_id":"x"}`))
}
