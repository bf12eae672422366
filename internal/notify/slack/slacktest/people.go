package slacktest

import "slices"

func (*Server) authTest(request) answer {
	return answer{"url": "https://example.slack.com/", "team": "Example", "user": "vedette", "team_id": TeamID, "user_id": BotID, "bot_id": "B0001"}
}

func (s *Server) usersInfo(r request) answer {
	id := r.get("user")
	u, ok := s.users[id]
	if !ok {
		return refuse("user_not_found")
	}
	return answer{"user": map[string]any{
		"id": id, "team_id": u.TeamID, "name": u.Name, "real_name": u.Name, "is_bot": u.Bot, "is_restricted": u.Guest,
		"is_stranger": u.TeamID != TeamID, "profile": map[string]any{"display_name": u.Name},
	}}
}

func (s *Server) reactionsAdd(r request) answer {
	c, refused := s.channel(r)
	if refused != nil {
		return refused
	}
	m := c.find(r.get("timestamp"))
	switch {
	case m == nil:
		return refuse("message_not_found")
	case slices.Contains(m.Reactions, r.get("name")):
		return refuse("already_reacted")
	}
	m.Reactions = append(m.Reactions, r.get("name"))
	return answer{}
}
