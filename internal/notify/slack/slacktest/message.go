package slacktest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Message is a message of a channel.
type Message struct {
	TS   string
	User string
	// Text is all that people read, without escapes and marks; Notification is what a
	// telephone would show of it.
	Text         string
	Notification string
	// Calls are the mentions in it that call people.
	Calls []string
	// Broadcast is set for a reply that the channel sees as well.
	Broadcast bool
	Colour    string
	Buttons   []Button
	// Metadata is as it was sent.
	Metadata  Metadata
	Replies   []*Message
	Reactions []string
	// For is the only one who sees it; empty: all do.
	For string
	// Edits counts how often it was changed.
	Edits int
}

// Metadata goes along with a message.
type Metadata struct {
	EventType    string         `json:"event_type"`
	EventPayload map[string]any `json:"event_payload"`
}

// Button is what people can press.
type Button struct {
	ActionID, Value, Text, URL string
}

// Messages lists what is in a channel, as copies.
func (s *Server) Messages(channel string) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []Message
	for _, m := range s.channels[channel].messages {
		one := *m
		one.Replies = slices.Clone(m.Replies)
		one.Reactions = slices.Clone(m.Reactions)
		all = append(all, one)
	}
	return all
}

// Remove takes a message away, as an administrator may.
func (s *Server) Remove(channel, ts string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.channels[channel]
	c.messages = slices.DeleteFunc(c.messages, func(m *Message) bool { return m.TS == ts })
}

// Post has somebody write something.
func (s *Server) Post(channel, user, text string) (ts string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := &Message{TS: s.nextTS(), User: user, Text: text}
	s.channels[channel].messages = append(s.channels[channel].messages, m)
	return m.TS
}

// nextTS gives a time at which nothing else was posted.
func (s *Server) nextTS() string {
	now := time.Now().Truncate(time.Microsecond)
	if !now.After(s.last) {
		now = s.last.Add(time.Microsecond)
	}
	s.last = now
	return fmt.Sprintf("%d.%06d", now.Unix(), now.Nanosecond()/1000)
}

// channel finds a channel in which the bot may do something.
func (s *Server) channel(r request) (*Channel, answer) {
	c := s.channels[r.get("channel")]
	switch {
	case c == nil || c.Private && !c.Member:
		return nil, refuse("channel_not_found")
	case c.Archived:
		return nil, refuse("is_archived")
	case !c.Member:
		return nil, refuse("not_in_channel")
	default:
		return c, nil
	}
}

func (c *Channel) find(ts string) *Message {
	for _, m := range c.messages {
		if m.TS == ts {
			return m
		}
	}
	return nil
}

func (s *Server) postMessage(r request) answer {
	c, refused := s.channel(r)
	if refused != nil {
		return refused
	}
	m := &Message{TS: s.nextTS(), User: BotID, Broadcast: r.get("reply_broadcast") == "true"}
	if refused := m.read(r); refused != nil {
		return refused
	}
	if thread := r.get("thread_ts"); thread != "" {
		parent := c.find(thread)
		if parent == nil {
			return refuse("thread_not_found")
		}
		parent.Replies = append(parent.Replies, m)
	} else {
		c.messages = append(c.messages, m)
	}
	return answer{"channel": r.get("channel"), "ts": m.TS}
}

func (s *Server) postEphemeral(r request) answer {
	c, refused := s.channel(r)
	if refused != nil {
		return refused
	}
	m := &Message{TS: s.nextTS(), User: BotID, For: r.get("user")}
	if refused := m.read(r); refused != nil {
		return refused
	}
	c.messages = append(c.messages, m)
	return answer{"message_ts": m.TS}
}

func (s *Server) update(r request) answer {
	c, refused := s.channel(r)
	if refused != nil {
		return refused
	}
	m := c.find(r.get("ts"))
	switch {
	case m == nil:
		return refuse("message_not_found")
	case m.User != BotID:
		return refuse("cant_update_message")
	}
	if refused := m.read(r); refused != nil {
		return refused
	}
	m.Edits++
	return answer{"channel": r.get("channel"), "ts": m.TS, "text": m.Notification}
}

// read takes a message from a request, unless it is none. What the request does not
// have stays.
func (m *Message) read(r request) answer {
	if text := r.get("metadata"); text != "" {
		if err := json.Unmarshal([]byte(text), &m.Metadata); err != nil || m.Metadata.EventType == "" {
			return refuse("invalid_metadata_format")
		}
	}
	v := view{}
	v.text(r.get("text"), true)
	notification := v.take()
	v.blocks(r.get("blocks"), "blocks")
	v.attachments(r.get("attachments"))
	switch {
	case len(v.problems) > 0:
		return refuse("invalid_blocks", v.problems...)
	case r.get("text") == "" && len(v.lines) == 0:
		return refuse("no_text")
	case len(r.get("text")) > 40_000:
		return refuse("msg_too_long")
	}
	m.Notification, m.Text = notification, strings.Join(v.lines, "\n")
	if len(v.lines) == 0 {
		m.Text = notification
	}
	m.Calls, m.Colour, m.Buttons = v.calls, v.colour, v.buttons
	return nil
}
