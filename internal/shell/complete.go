package shell

import (
	"context"
	"regexp"
	"slices"
	"strings"
)

// Candidate is what a word could become.
type Candidate struct {
	// Value is the whole word.
	Value       string
	Description string
	// Open candidates go on: no space belongs behind them.
	Open bool
}

// keywords of the language that begin something.
var keywords = []string{"and", "def", "elif", "else", "for", "if", "in", "lambda", "not", "or", "return", "while"}

// Complete lists what the word before the cursor could become. text is the whole
// input and before what of it is in front of the cursor; word is the part that a
// candidate replaces.
func (s *Shell) Complete(ctx context.Context, text, before string) (candidates []Candidate, word string) {
	if line, ok := s.commandIn(before); ok && !strings.Contains(before, "\n") && strings.ContainsAny(strings.TrimLeft(before, " "), " \t") {
		return s.completeCommand(ctx, line, before)
	}
	at := locate(before)
	if at.inComment {
		return nil, ""
	}
	if at.inText {
		return s.completeText(ctx, &at, text)
	}
	word = nameBefore(before)
	if owner, member, ok := cutLast(word, '.'); ok {
		for _, name := range s.console.Members(owner) {
			candidates = append(candidates, s.named(owner+"."+name))
		}
		return matching(candidates, owner+"."+member), word
	}
	if call := at.innermost(); call.kind == '(' && call.name != "" {
		for _, name := range s.console.Parameters(call.name) {
			candidates = append(candidates, Candidate{Value: name + "=", Open: true})
		}
	}
	for _, name := range s.console.Names() {
		candidates = append(candidates, s.named(name))
	}
	for _, name := range keywords {
		candidates = append(candidates, Candidate{Value: name})
	}
	if strings.TrimSpace(strings.TrimSuffix(before, word)) == "" {
		candidates = append(candidates, s.commandNames()...)
	}
	if word == "" && len(at.open) == 0 {
		candidates = s.commandNames() // all names there are would help nobody
	}
	return matching(candidates, word), word
}

// named is a candidate with what is known of the name.
func (s *Shell) named(name string) Candidate {
	_, doc := s.console.Describe(name)
	return Candidate{Value: name, Description: doc, Open: true}
}

func (s *Shell) commandNames() []Candidate {
	var candidates []Candidate
	for _, c := range s.own() {
		candidates = append(candidates, Candidate{Value: c.name, Description: c.summary})
	}
	for _, c := range s.config.Commands.List() {
		candidates = append(candidates, Candidate{Value: c.Name, Description: c.Summary})
	}
	return candidates
}

// completeCommand completes the last word of a command.
func (s *Shell) completeCommand(ctx context.Context, line, before string) (candidates []Candidate, word string) {
	words, err := split(line)
	if err != nil {
		return nil, ""
	}
	if strings.HasSuffix(before, " ") || strings.HasSuffix(before, "\t") {
		words = append(words, "")
	}
	word = words[len(words)-1]
	switch words[0] {
	case "tables":
		candidates = plainCandidates(s.schemas.databaseNames(ctx))
	case "describe":
		candidates = s.completeTable(ctx, word)
	case "use":
		candidates = s.config.Commands.Complete(ctx, []string{"monitor", "get", word})
	case "help":
		candidates = append(s.commandNames(), plainCandidates(s.console.Names())...)
	case "databases", "exit":
	default:
		return s.config.Commands.Complete(ctx, words), word
	}
	if len(words) > 2 {
		return nil, word
	}
	return matching(candidates, word), word
}

// completeTable completes DB.TABLE.
func (s *Shell) completeTable(ctx context.Context, word string) []Candidate {
	var candidates []Candidate
	database, _, ok := strings.Cut(word, ".")
	if !ok {
		for _, name := range s.schemas.databaseNames(ctx) {
			candidates = append(candidates, Candidate{Value: name + ".", Open: true})
		}
		return candidates
	}
	for _, table := range s.schemas.tablesOf(ctx, database) {
		candidates = append(candidates, Candidate{Value: database + "." + table.Reference, Description: table.Kind})
	}
	return candidates
}

// completeText completes in a text, by what the text is for.
func (s *Shell) completeText(ctx context.Context, at *place, text string) (candidates []Candidate, word string) {
	call := at.innermost()
	switch {
	case call.kind == '(' && call.name == "query" && call.argument == 0:
		candidates = plainCandidates(s.schemas.databaseNames(ctx))
	case call.kind == '(' && call.name == "query" && call.argument == 1:
		return s.completeStatement(ctx, at, call.texts[0], text)
	case call.kind == '(' && call.name == "read_file":
		candidates = plainCandidates(s.console.FileNames())
	case call.kind == '[' && call.name != "":
		candidates = plainCandidates(s.keys(call.name, text))
	}
	for i := range candidates {
		candidates[i].Open = true // the quote comes next
	}
	return matching(candidates, at.written), at.written
}

// keys are those of a dict; of an element, if the text goes through a list of
// them; else of what was shown last.
func (s *Shell) keys(name, text string) []string {
	if keys := s.console.Keys(name); keys != nil {
		return keys
	}
	for _, match := range loop.FindAllStringSubmatch(text, -1) {
		if match[1] == name {
			return s.console.Keys(match[2])
		}
	}
	return s.console.Keys("_")
}

// loop is what goes through the elements of something with a name.
var loop = regexp.MustCompile(`\bfor\s+(\w+)\s+in\s+(\w+)`)

func plainCandidates(values []string) []Candidate {
	candidates := make([]Candidate, len(values))
	for i, value := range values {
		candidates[i] = Candidate{Value: value}
	}
	return candidates
}

// matching are the candidates that begin with the word, each once, sorted.
func matching(candidates []Candidate, word string) []Candidate {
	candidates = slices.DeleteFunc(candidates, func(c Candidate) bool { return !strings.HasPrefix(c.Value, word) })
	slices.SortStableFunc(candidates, func(a, b Candidate) int { return strings.Compare(a.Value, b.Value) })
	return slices.CompactFunc(candidates, func(a, b Candidate) bool { return a.Value == b.Value })
}

// cutLast cuts at the last separator.
func cutLast(text string, separator byte) (before, after string, found bool) {
	i := strings.LastIndexByte(text, separator)
	if i < 0 {
		return text, "", false
	}
	return text[:i], text[i+1:], true
}
