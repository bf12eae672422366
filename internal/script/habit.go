package script

import (
	"slices"
	"strings"
)

// findHabits finds what is Python and not Starlark. It is asked only about files
// that do not parse, and looks only for what never does.
func findHabits(tokens []token) []hint {
	f := &habitFinder{tokens: tokens}
	for f.i = range tokens {
		if len(f.hints) > maxFindings {
			break
		}
		f.words()
		f.texts()
		f.stars()
		f.brackets()
		f.comparisons()
		f.annotations()
	}
	return f.hints
}

type habitFinder struct {
	tokens []token
	i      int
	hints  []hint
	// open are the brackets around the token, outermost first.
	open []openBracket
	// compared tells whether a comparison is still open to be chained, in each of
	// the brackets around the token and outside of them.
	compared []bool
	// inDef is the depth of brackets in which parameters are declared, 0 for none.
	inDef int
}

type openBracket struct {
	token
	// colon and hinted tell whether a colon was seen in it, and a hint given.
	colon, hinted bool
	// elements tells whether anything was.
	elements bool
}

func (f *habitFinder) at(offset int) token {
	if i := f.i + offset; i >= 0 && i < len(f.tokens) {
		return f.tokens[i]
	}
	return token{kind: newlineToken, text: "\n"}
}

func (f *habitFinder) hint(t token, message string) {
	f.hints = append(f.hints, hint{t.line, t.column, message})
}

func (f *habitFinder) startsStatement() bool {
	before := f.at(-1)
	return before.kind == newlineToken || before.text == ";"
}

// words finds words that mean nothing in Starlark.
func (f *habitFinder) words() {
	t := f.at(0)
	switch {
	case t.kind == signToken && t.text == "@" && f.startsStatement():
		f.hint(t, "there are no decorators: call the function")
	case t.kind == signToken && t.text == ":=":
		f.hint(t, "there is no :=: assign in a line of its own")
	case t.kind == signToken && (t.text == "&&" || t.text == "||"):
		f.hint(t, map[string]string{"&&": "write and", "||": "write or"}[t.text])
	case t.kind == numberToken && f.at(1).kind == wordToken && strings.HasPrefix(f.at(1).text, "_"):
		f.hint(t, "numbers have no underscores: write 1000000")
	}
	if t.kind != wordToken {
		return
	}
	if t.text == "assert" && f.startsStatement() && f.at(1).kind != signToken {
		f.hint(t, "there is no assert: use if and fail(message)")
	}
	if reservedWords[t.text] != "" && !f.repeatsHint(t.text) {
		f.hint(t, reservedWords[t.text])
	}
}

// repeatsHint tells whether a word belongs to a habit that was hinted at already:
// from x import y, async def with await.
func (f *habitFinder) repeatsHint(word string) bool {
	line := f.at(0).line
	for _, h := range slices.Backward(f.hints) {
		if h.line != line {
			break
		}
		if h.message == reservedWords[word] {
			return true
		}
	}
	return false
}

// texts finds text literals that Starlark does not know.
func (f *habitFinder) texts() {
	t := f.at(0)
	if t.kind != textToken {
		return
	}
	switch prefix := strings.ToLower(t.text); {
	case strings.Contains(prefix, "f"):
		f.hint(t, `there are no f-strings: write "{}".format(x)`)
	case strings.Contains(prefix, "u"):
		f.hint(t, `all texts are Unicode: write "..." without u`)
	case f.at(-1).kind == textToken:
		f.hint(t, "texts beside each other are not joined: put + between them, or use triple quotes")
	}
}

// stars finds x ** y, {**a} and [*a].
func (f *habitFinder) stars() {
	t := f.at(0)
	if t.kind != signToken || t.text != "**" && t.text != "*" {
		return
	}
	before, around := f.at(-1), ""
	if len(f.open) > 0 {
		around = f.open[len(f.open)-1].text
	}
	first := before.text == "," || before.text == around
	switch {
	case t.text == "**" && isOperand(before):
		f.hint(t, "there is no **: use math.pow(x, y)")
	case t.text == "**" && around == "{" && first:
		f.open[len(f.open)-1].hinted = true
		f.hint(t, "there is no {**a}: write a | {...}")
	case t.text == "*" && around == "[" && first:
		f.hint(t, "there is no [*a]: write a + [...]")
	}
}

// isOperand tells whether an expression can end with a token.
func isOperand(t token) bool {
	switch t.kind {
	case numberToken, textToken:
		return true
	case wordToken:
		return !slices.Contains([]string{"and", "or", "not", "in", "if", "else", "return", "lambda"}, t.text)
	default:
		return t.text == ")" || t.text == "]" || t.text == "}"
	}
}

// brackets finds sets and generators.
func (f *habitFinder) brackets() {
	t := f.at(0)
	last := len(f.open) - 1
	switch {
	case t.kind == signToken && strings.Contains("([{", t.text):
		f.open = append(f.open, openBracket{token: t})
		return
	case t.kind == signToken && strings.Contains(")]}", t.text):
		if last < 0 {
			return
		}
		f.setLiteral(&f.open[last])
		f.open = f.open[:last]
	case last < 0:
		return
	case t.text == ":" && t.kind == signToken:
		f.open[last].colon = true
	case t.text == "," && t.kind == signToken:
		f.setLiteral(&f.open[last])
	case t.text == "for" && t.kind == wordToken:
		if f.open[last].text == "(" {
			f.hint(f.open[last].token, "there are no generators: make a list, [x for x in xs]")
		}
		f.setLiteral(&f.open[last])
	default:
		f.open[last].elements = true
	}
	if len(f.open) > 0 {
		f.open[len(f.open)-1].elements = true
	}
}

// setLiteral hints at a bracket that turned out to hold no keys.
func (f *habitFinder) setLiteral(b *openBracket) {
	if b.text == "{" && b.elements && !b.colon && !b.hinted {
		b.hinted = true
		f.hint(b.token, "there are no set literals: write set([1, 2])")
	}
}
