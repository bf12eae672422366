package cli

import (
	"strconv"

	"github.com/vedettehq/vedette/internal/client"
)

// Tokens shows a list of tokens.
func Tokens() Table[client.Token] {
	return Table[client.Token]{
		{Title: "ID", right: true, Cell: func(_ *Screen, t *client.Token) string { return strconv.FormatInt(t.ID, 10) }},
		{Title: "NAME", flexible: true, Cell: func(_ *Screen, t *client.Token) string { return oneLine(t.Name) }},
		{Title: "ROLE", Cell: func(_ *Screen, t *client.Token) string { return t.Role }},
		{
			Title: "STATUS", Cell: func(s *Screen, t *client.Token) string { return s.tokenStatus(t) },
			colour: func(t *client.Token) colour {
				if t.RevokedAt != nil {
					return faint
				}
				return noColour
			},
		},
		{Title: "EXPIRES", Cell: func(s *Screen, t *client.Token) string { return s.moment(t.ExpiresAt) }},
		{Title: "LAST USED", Cell: func(s *Screen, t *client.Token) string { return s.moment(t.LastUsedAt) }},
		{Title: "CREATED", Cell: func(s *Screen, t *client.Token) string { return s.moment(&t.CreatedAt) }},
		{Title: "BY", flexible: true, Cell: func(_ *Screen, t *client.Token) string { return oneLine(t.CreatedBy) }},
	}
}

// tokenStatus says whether a token lets anybody in.
func (s *Screen) tokenStatus(t *client.Token) string {
	switch {
	case t.RevokedAt != nil:
		return "revoked"
	case t.ExpiresAt != nil && !s.now.Before(*t.ExpiresAt):
		return "expired"
	default:
		return "valid"
	}
}

// TokenHint tells somebody at a terminal what to do with a new token, which itself
// stands elsewhere alone.
func TokenHint(s *Screen, t *client.CreatedToken) {
	if !s.Watched() {
		return
	}
	until := "never expires"
	if t.ExpiresAt != nil {
		until = "expires " + s.moment(t.ExpiresAt)
	}
	s.Linef("token %d for %s (%s), which %s. It is not shown again: keep it safe.", t.ID, t.Name, t.Role, until)
	s.Linef("Commands send what VEDETTE_TOKEN holds; others a header: Authorization: Bearer TOKEN")
}
