package cli

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// yamlOf writes a JSON value as YAML in block style, ending with a line end.
//
// The libraries for YAML read numbers into Go's types on the way, which changes
// large ones, and let characters through that command a terminal.
func yamlOf(n node) string {
	var b strings.Builder
	writeYAML(&b, n, "", "")
	return b.String()
}

// writeYAML writes a node whose first line begins where the caller stopped; lead
// goes between that and a scalar, indent before further lines.
func writeYAML(b *strings.Builder, n node, lead, indent string) {
	switch {
	case n.kind == stringNode:
		b.WriteString(lead + yamlString(n.text, indent) + "\n")
	case n.kind == scalarNode:
		b.WriteString(lead + n.text + "\n")
	case len(n.children) == 0 && n.kind == listNode:
		b.WriteString(lead + "[]\n")
	case len(n.children) == 0:
		b.WriteString(lead + "{}\n")
	default:
		writeYAMLChildren(b, n, lead, indent)
	}
}

func writeYAMLChildren(b *strings.Builder, n node, lead, indent string) {
	// Behind a key the children start on their own line; behind a dash, and at the
	// top, the first one goes on.
	first := ""
	if lead != "" {
		b.WriteString("\n")
		first = indent
	}
	for i, child := range n.children {
		if i == 0 {
			b.WriteString(first)
		} else {
			b.WriteString(indent)
		}
		if n.kind == listNode {
			b.WriteString("- ")
			writeYAML(b, child, "", indent+"  ")
			continue
		}
		b.WriteString(yamlKey(n.keys[i]) + ":")
		writeYAML(b, child, " ", indent+"  ")
	}
}

// bare are texts that need no quotes anywhere, unless they mean something else.
var bare = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_./-]*( [A-Za-z0-9_./-]+)*$`)

// meaningful are words that some version of YAML reads as something else.
var meaningful = []string{"null", "true", "false", "yes", "no", "on", "off", "y", "n"}

func isBare(text string) bool {
	return bare.MatchString(text) && !slices.Contains(meaningful, strings.ToLower(text))
}

func yamlKey(key string) string {
	if isBare(key) {
		return key
	}
	return quoted(key)
}

func yamlString(text, indent string) string {
	switch {
	case isBare(text):
		return text
	case isBlock(text) && indent != "":
		lines := strings.ReplaceAll("\n"+text, "\n", "\n"+indent)
		return "|-" + strings.ReplaceAll(lines, "\n"+indent+"\n", "\n\n")
	default:
		return quoted(text)
	}
}

// isBlock tells whether a text can be written line by line as it is.
func isBlock(text string) bool {
	if !strings.Contains(text, "\n") || strings.TrimSpace(text[:1]) == "" || strings.HasSuffix(text, "\n") {
		return false
	}
	for line := range strings.SplitSeq(text, "\n") {
		// Readers disagree about spaces at the end of a line.
		if strings.HasSuffix(line, " ") || strings.ContainsFunc(line, isUnprintable) {
			return false
		}
	}
	return true
}

func isUnprintable(r rune) bool { return !unicode.IsPrint(r) || r == unicode.ReplacementChar }

// quoted is a text in double quotes, with nothing in it that is not seen.
func quoted(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteString(`\` + string(r))
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case !isUnprintable(r) || r == unicode.ReplacementChar:
			b.WriteRune(r)
		case r > 0xFFFF:
			fmt.Fprintf(&b, `\U%08X`, r)
		default:
			fmt.Fprintf(&b, `\u%04X`, r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
