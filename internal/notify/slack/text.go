package slack

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/slack-go/slack"
)

// What Slack takes, in characters as they are sent.
const (
	maxHeader  = 150
	maxSection = 3000
	// maxFallback is more than any notification of a telephone shows.
	maxFallback = 300
)

const ellipsis = "…"

// escape makes text safe to be sent: what Slack would read as a mention or a link is
// text. It is shortened to so many characters of what is sent, visibly and never
// within an escape.
func escape(text string, most int) string {
	var b strings.Builder
	size, cut := 0, 0
	for _, r := range text {
		piece := escapeRune(r)
		size += utf8.RuneCountInString(piece)
		if size > most {
			return b.String()[:cut] + ellipsis
		}
		b.WriteString(piece)
		if size < most {
			cut = b.Len()
		}
	}
	return b.String()
}

func escapeRune(r rune) string {
	switch {
	case r == '&':
		return "&amp;"
	case r == '<':
		return "&lt;"
	case r == '>':
		return "&gt;"
	case r == '\n':
		return "\n"
	case unicode.IsControl(r):
		return " "
	default:
		return string(r)
	}
}

// oneLine is text without line breaks, and something to see if there is none.
func oneLine(text string) string {
	if text = strings.Join(strings.Fields(text), " "); text == "" {
		return "-"
	}
	return text
}

// plain shows text that others wrote as it is: nothing in it is formatted, linked or
// made a picture.
func plain(text string, most int) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.PlainTextType, escape(text, most), false, false)
}

// words shows our own words, with Slack's formatting.
func words(text string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.MarkdownType, text, false, true)
}

// paragraphs shows text of many lines in as many sections as it takes, up to most.
func paragraphs(text string, most int) []slack.Block {
	var blocks []slack.Block
	for rest := strings.TrimSpace(text); rest != ""; {
		if len(blocks) == most {
			return append(blocks, slack.NewContextBlock("", plain(ellipsis+" it is longer than is shown here", maxSection)))
		}
		var piece string
		piece, rest = cutLines(rest, maxSection)
		blocks = append(blocks, slack.NewSectionBlock(plain(piece, maxSection), nil, nil))
	}
	return blocks
}

// cutLines takes as many whole lines as fit when they are sent, but at least one.
func cutLines(text string, most int) (piece, rest string) {
	size, end := 0, 0
	for line := range strings.Lines(text) {
		size += utf8.RuneCountInString(escape(line, most))
		if end > 0 && size > most {
			break
		}
		end += len(line)
	}
	return text[:end], strings.TrimLeft(text[end:], "\n")
}
