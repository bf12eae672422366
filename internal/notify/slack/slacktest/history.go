package slacktest

import (
	"slices"
	"strconv"
)

// history lists messages, newest first.
func (s *Server) history(r request) answer {
	c, refused := s.channel(r)
	if refused != nil {
		return refused
	}
	var found []*Message
	for _, m := range c.messages {
		if m.For == "" {
			found = append(found, m)
		}
	}
	slices.Reverse(found)
	return page(r, found)
}

// replies lists a message with the replies to it.
func (s *Server) replies(r request) answer {
	c, refused := s.channel(r)
	if refused != nil {
		return refused
	}
	parent := c.find(r.get("ts"))
	if parent == nil {
		return refuse("thread_not_found")
	}
	return page(r, append([]*Message{parent}, parent.Replies...))
}

// page gives a part of a list. Cursors are positions.
func page(r request, all []*Message) answer {
	all = slices.DeleteFunc(all, func(m *Message) bool { return m.TS <= r.get("oldest") })
	start, _ := strconv.Atoi(r.get("cursor"))
	limit, err := strconv.Atoi(r.get("limit"))
	if err != nil || limit > 999 {
		return refuse("invalid_limit")
	}
	end := min(len(all), start+limit)
	messages := []map[string]any{}
	for _, m := range all[start:end] {
		message := map[string]any{"type": "message", "user": m.User, "text": m.Text, "ts": m.TS}
		if m.Metadata.EventType != "" && r.get("include_all_metadata") != "" && r.get("include_all_metadata") != "0" {
			message["metadata"] = m.Metadata
		}
		messages = append(messages, message)
	}
	next := ""
	if end < len(all) {
		next = strconv.Itoa(end)
	}
	return answer{"messages": messages, "has_more": next != "", "response_metadata": map[string]any{"next_cursor": next}}
}
