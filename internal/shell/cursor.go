package shell

import "strings"

// place is where in code a cursor is, as far as completion has to know.
type place struct {
	// inComment tells whether it is in a comment.
	inComment bool
	// inText tells whether it is in a text; written is what is there of it so far,
	// and quote what the text began with.
	inText  bool
	written string
	quote   string
	// open are the brackets around it, outermost first.
	open []bracket
}

// bracket is an open bracket with what stands before it.
type bracket struct {
	kind byte
	// name is what is called or indexed: "query", "json.encode"; empty if it is no
	// name.
	name string
	// argument counts the commas, and texts are the arguments that are mere texts.
	argument int
	texts    map[int]string
}

// innermost is the bracket that is closest around the cursor.
func (p *place) innermost() bracket {
	if len(p.open) == 0 {
		return bracket{}
	}
	return p.open[len(p.open)-1]
}

// locate reads code up to the cursor.
func locate(code string) place {
	var p place
	for i := 0; i < len(code); {
		switch c := code[i]; {
		case c == '#':
			end := strings.IndexByte(code[i:], '\n')
			if end < 0 {
				p.inComment = true
				return p
			}
			i += end
		case c == '"' || c == '\'':
			end, closed := p.text(code, i)
			if !closed {
				return p
			}
			i = end
		case strings.IndexByte("([{", c) >= 0:
			p.open = append(p.open, bracket{kind: c, name: subject(code[:i]), texts: map[int]string{}})
			i++
		case strings.IndexByte(")]}", c) >= 0:
			p.open = p.open[:max(len(p.open)-1, 0)]
			i++
		default:
			if c == ',' && len(p.open) > 0 {
				p.open[len(p.open)-1].argument++
			}
			i++
		}
	}
	return p
}

// text reads a text that begins at i, and tells where it ends. If it does not, the
// cursor is in it.
func (p *place) text(code string, i int) (end int, closed bool) {
	quote := code[i : i+1]
	if triple := strings.Repeat(quote, 3); strings.HasPrefix(code[i:], triple) {
		quote = triple
	}
	start := i + len(quote)
	for j := start; j < len(code); j++ {
		switch {
		case code[j] == '\\':
			j++
		case strings.HasPrefix(code[j:], quote):
			if len(p.open) > 0 {
				innermost := p.innermost()
				innermost.texts[innermost.argument] = code[start:j]
			}
			return j + len(quote), true
		}
	}
	p.inText, p.written, p.quote = true, code[min(start, len(code)):], quote
	return len(code), false
}

// subject is the name of what is called or indexed behind code; that of a list is
// also the name of its elements: rows[0].
func subject(code string) string {
	if strings.HasSuffix(code, "]") {
		code = code[:strings.LastIndexByte(code, '[')+1]
		code = strings.TrimSuffix(code, "[")
	}
	return nameBefore(code)
}

// nameBefore is the name, with dots, that code ends with.
func nameBefore(code string) string {
	start := len(code)
	for start > 0 && isNameByte(code[start-1]) {
		start--
	}
	return code[start:]
}

func isNameByte(c byte) bool {
	return c == '_' || c == '.' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}
