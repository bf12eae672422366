package slacktest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// The account that there is.
const (
	Token    = "xoxb-1-SECRETBOT"
	AppToken = "xapp-1-SECRETAPP"
	TeamID   = "T0001"
	BotID    = "U0BOT"
)

// Failure is how a request ends.
type Failure int

// The failures.
const (
	// Break answers 500.
	Break Failure = iota + 1
	// Throttle answers 429, and to come back after [PauseSeconds].
	Throttle
	// Refuse does not know the token.
	Refuse
	// LoseAnswer does what was asked for and then cuts the connection.
	LoseAnswer
)

// PauseSeconds is what it asks for when it throttles.
const PauseSeconds = 7

// Server is the stand-in.
type Server struct {
	// URL is the address of its Web API.
	URL string

	mu       sync.Mutex
	channels map[string]*Channel
	users    map[string]User
	scopes   []string
	failures []Failure
	// mood says how a request ends; nil: as failures say.
	mood func() Failure
	last time.Time
	// strict has it take one message a second in a channel.
	strict bool
	calls  []string
	socket socket
}

// Channel is a channel of the workspace.
type Channel struct {
	// Private ones are not there for a bot that is not a member.
	Private, Archived, Member bool
	// messages are in the order in which they were posted.
	messages []*Message
	// posted is when the last one was.
	posted time.Time
}

// User is a member of the workspace, or a guest, or somebody from elsewhere.
type User struct {
	Name   string
	TeamID string
	Guest  bool
	Bot    bool
}

// New starts a stand-in with a public channel C0001 that the bot is in, and the
// member U0001, who is called Jo. It ends with the test.
func New(t testing.TB) *Server {
	t.Helper()
	s := &Server{
		channels: map[string]*Channel{"C0001": {Member: true}},
		users:    map[string]User{"U0001": {Name: "Jo", TeamID: TeamID}, BotID: {Name: "vedette", TeamID: TeamID, Bot: true}},
		scopes: []string{
			"chat:write", "channels:history", "groups:history", "reactions:write", "users:read", "app_mentions:read",
		},
		socket: newSocket(),
	}
	mux := http.NewServeMux()
	for name, method := range map[string]method{
		"auth.test":             {do: (*Server).authTest},
		"users.info":            {scope: "users:read", do: (*Server).usersInfo},
		"reactions.add":         {scope: "reactions:write", do: (*Server).reactionsAdd, changes: true},
		"chat.postMessage":      {scope: "chat:write", do: (*Server).postMessage, changes: true},
		"chat.postEphemeral":    {scope: "chat:write", do: (*Server).postEphemeral, changes: true},
		"chat.update":           {scope: "chat:write", do: (*Server).update, changes: true},
		"conversations.history": {scope: "channels:history", do: (*Server).history},
		"conversations.replies": {scope: "channels:history", do: (*Server).replies},
	} {
		mux.HandleFunc("/api/"+name, func(w http.ResponseWriter, r *http.Request) { s.serve(w, r, name, method) })
	}
	mux.HandleFunc("/api/apps.connections.open", s.openConnection)
	mux.HandleFunc("/link", s.link)
	server := httptest.NewServer(mux)
	s.URL = server.URL + "/api/"
	t.Cleanup(func() {
		s.Disconnect()
		server.Close()
	})
	return s
}

// method is one of the Web API's methods.
type method struct {
	scope   string
	changes bool
	do      func(*Server, request) answer
}

// request is what a method is asked for.
type request map[string][]string

func (r request) get(name string) string {
	if values := r[name]; len(values) > 0 {
		return values[0]
	}
	return ""
}

// answer is what it says; an error if it is refused.
type answer map[string]any

func refuse(code string, messages ...string) answer {
	return answer{"ok": false, "error": code, "response_metadata": map[string]any{"messages": messages}}
}

func (s *Server) serve(w http.ResponseWriter, r *http.Request, name string, m method) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls = append(s.calls, name)
	if err := r.ParseForm(); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	token := r.Form.Get("token")
	if bearer, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		token = bearer
	}
	failure := s.failure(m.changes)
	switch {
	case failure == Break:
		http.Error(w, "<html>it broke over "+token+"</html>", http.StatusInternalServerError)
	case failure == Throttle:
		s.throttle(w, PauseSeconds)
	case failure == Refuse || token != Token:
		say(w, refuse("invalid_auth"))
	case m.scope != "" && !slices.Contains(s.scopes, m.scope):
		refused := refuse("missing_scope")
		refused["needed"], refused["provided"] = m.scope, strings.Join(s.scopes, ",")
		say(w, refused)
	case name == "chat.postMessage" && s.tooSoon(r.Form.Get("channel")):
		s.throttle(w, 1)
	default:
		said := m.do(s, request(r.Form))
		if failure == LoseAnswer {
			panic(http.ErrAbortHandler)
		}
		if said["ok"] == nil {
			said["ok"] = true
		}
		say(w, said)
	}
}

func (s *Server) failure(changes bool) Failure {
	if changes && s.mood != nil {
		return s.mood()
	}
	if !changes || len(s.failures) == 0 {
		return 0
	}
	first := s.failures[0]
	s.failures = s.failures[1:]
	return first
}

func (*Server) throttle(w http.ResponseWriter, seconds int) {
	w.Header().Set("Retry-After", fmt.Sprint(seconds))
	w.WriteHeader(http.StatusTooManyRequests)
}

// tooSoon tells whether a channel gets more than one message a second.
func (s *Server) tooSoon(id string) bool {
	channel := s.channels[id]
	if !s.strict || channel == nil {
		return false
	}
	now := time.Now()
	if now.Sub(channel.posted) < time.Second {
		return true
	}
	channel.posted = now
	return false
}

func say(w http.ResponseWriter, a answer) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	if err := json.NewEncoder(w).Encode(a); err != nil {
		panic(http.ErrAbortHandler)
	}
}

// Fail has the next requests that change something end like this, one after the
// other.
func (s *Server) Fail(failures ...Failure) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.failures = append(s.failures, failures...)
}

// Mood has each request that changes something end as mood says, 0 for well; nil
// ends that.
func (s *Server) Mood(mood func() Failure) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mood = mood
}

// OncePerSecond has it take no more than one new message a second in each channel.
func (s *Server) OncePerSecond() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.strict = true
}

// SetChannel adds a channel, or changes what it is; its messages stay.
func (s *Server) SetChannel(id string, c Channel) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if old := s.channels[id]; old != nil {
		c.messages = old.messages
	}
	s.channels[id] = &c
}

// SetUser adds somebody.
func (s *Server) SetUser(id string, u User) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.users[id] = u
}

// Revoke takes a scope from the bot.
func (s *Server) Revoke(scope string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.scopes = slices.DeleteFunc(s.scopes, func(has string) bool { return has == scope })
}

// Calls lists the methods that were called since it was last asked.
func (s *Server) Calls() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	calls := s.calls
	s.calls = nil
	return calls
}
