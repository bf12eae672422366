package slack

import (
	"errors"
	"regexp"
	"strings"
)

// mention is who is called, in Slack's own form; empty: nobody.
type mention struct {
	text string
	// everybody is set for @here and its like.
	everybody bool
}

var (
	groupID     = regexp.MustCompile(`^S[A-Z0-9]{2,}$`)
	mentionForm = regexp.MustCompile(`^<(@[UW][A-Z0-9]{2,}|!subteam\^S[A-Z0-9]{2,}|!here|!channel|!everyone)>$`)
)

var errMention = errors.New(`it has to name people by what Slack knows them by, several with spaces between: U0123456789 (or <@U0123456789>) for a member, S0123456789 (or <!subteam^S0123456789>) for a user group, @here, @channel or @everyone`)

// parseMention reads who is called. The forms that Slack itself uses are taken, and
// those that people think of first.
func parseMention(text string) (mention, error) {
	var m mention
	var forms []string
	for _, word := range strings.Fields(text) {
		form, everybody, ok := parseMentioned(word)
		if !ok {
			return mention{}, errMention
		}
		m.everybody = m.everybody || everybody
		forms = append(forms, form)
	}
	m.text = strings.Join(forms, " ")
	return m, nil
}

func parseMentioned(word string) (form string, everybody, ok bool) {
	switch word {
	case "@here", "@channel", "@everyone":
		return "<!" + word[1:] + ">", true, true
	case "<!here>", "<!channel>", "<!everyone>":
		return word, true, true
	}
	switch {
	case userID.MatchString(word):
		return "<@" + word + ">", false, true
	case groupID.MatchString(word):
		return "<!subteam^" + word + ">", false, true
	default:
		return word, false, mentionForm.MatchString(word)
	}
}
