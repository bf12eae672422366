package lib

import (
	"fmt"
	"regexp"
	"regexp/syntax"
	"sync"

	"go.starlark.net/starlark"

	"github.com/vedettehq/vedette/internal/script"
)

const (
	// bytesForInstruction is about what one instruction of a compiled pattern takes,
	// with what matching needs for it.
	bytesForInstruction = 100
	// maxKeptInstructions bounds the cache of compiled patterns: monitors rarely make
	// up new ones, and one that does must not fill the memory.
	maxKeptInstructions = 1 << 18
	// maxKeptPattern is from where on a pattern is too large to be kept.
	maxKeptPattern = maxKeptInstructions / 16
)

// patterns compiles each regular expression once.
type patterns struct {
	mu       sync.RWMutex
	compiled map[string]*regexp.Regexp
	// instructions are those of all that are kept.
	instructions int
}

func (p *patterns) get(s *script.Scope, pattern string) (*regexp.Regexp, error) {
	p.mu.RLock()
	expression := p.compiled[pattern]
	p.mu.RUnlock()
	if expression != nil {
		return expression, nil
	}
	instructions, err := instructionsOf(pattern)
	if err != nil {
		return nil, fmt.Errorf("regular expression %q: %w", firstRunes(pattern, shownPattern), err)
	}
	if err := s.Reserve(int64(instructions) * bytesForInstruction); err != nil {
		return nil, err
	}
	if expression, err = regexp.Compile(pattern); err != nil {
		return nil, fmt.Errorf("regular expression %q: %w", firstRunes(pattern, shownPattern), err)
	}
	p.keep(pattern, expression, instructions)
	return expression, nil
}

// shownPattern is how much of a pattern is shown that is none.
const shownPattern = 200

// instructionsOf says how large a pattern is once it is compiled: a{1000} has a
// thousand.
func instructionsOf(pattern string) (int, error) {
	parsed, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return 0, err
	}
	program, err := syntax.Compile(parsed.Simplify())
	if err != nil {
		return 0, err
	}
	return len(program.Inst), nil
}

func (p *patterns) keep(pattern string, expression *regexp.Regexp, instructions int) {
	if instructions > maxKeptPattern {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.compiled == nil || p.instructions+instructions > maxKeptInstructions {
		p.compiled, p.instructions = map[string]*regexp.Regexp{}, 0
	}
	if p.compiled[pattern] == nil {
		p.compiled[pattern] = expression
		p.instructions += instructions
	}
}

func regularExpressions() []script.Builtin {
	p := new(patterns)
	literal := map[string]script.LiteralCheck{"pattern": func(s *script.Scope, text string) error {
		_, err := p.get(s, text)
		return err
	}}
	return []script.Builtin{
		{
			Signature: "re.search(pattern: str, text: str) -> list | None",
			Doc:       "The first match: a list of the whole and of each group; None if there is none.",
			Place:     script.Anywhere, Literals: literal, Run: p.search,
		},
		{
			Signature: "re.findall(pattern: str, text: str) -> list",
			Doc:       "All matches: texts, or tuples where the pattern has several groups.",
			Place:     script.Anywhere, Literals: literal, Run: p.findAll,
		},
		{
			Signature: "re.sub(pattern: str, replacement: str, text: str, count: int = 0) -> str",
			Doc:       `The text with matches replaced, all or the first count; \1 stands for a group.`,
			Place:     script.Anywhere, Literals: literal, Run: p.substitute,
		},
		{
			Signature: "re.split(pattern: str, text: str, maxsplit: int = 0) -> list",
			Doc:       "The parts of the text between matches, with the groups of the matches.",
			Place:     script.Anywhere, Literals: literal, Run: p.split,
		},
	}
}

// arguments reads what all functions have.
func (p *patterns) arguments(s *script.Scope, a *script.Args) (*regexp.Regexp, string, error) {
	pattern, text := a.String("pattern"), a.String("text")
	if err := a.Err(); err != nil {
		return nil, "", err
	}
	expression, err := p.get(s, pattern)
	return expression, text, err
}

func (p *patterns) search(s *script.Scope, a *script.Args) (starlark.Value, error) {
	expression, text, err := p.arguments(s, a)
	if err != nil {
		return nil, err
	}
	match := expression.FindStringSubmatchIndex(text)
	if match == nil {
		return starlark.None, nil
	}
	return starlark.NewList(groups(text, match, 0, starlark.None)), nil
}

// matches finds all matches, the first most if that is over zero, unless there
// are more than fit into memory: a text can match at each of its characters.
func matches(s *script.Scope, expression *regexp.Regexp, text string, most int) ([][]int, error) {
	// A slice for each match, two positions for each group, and the text of each.
	bytesForEach := int64(24 + 48*(expression.NumSubexp()+1))
	room := s.Room(bytesForEach)
	if most > 0 && most <= room {
		return expression.FindAllStringSubmatchIndex(text, most), nil
	}
	found := expression.FindAllStringSubmatchIndex(text, room+1)
	return found, s.Reserve(int64(len(found)) * bytesForEach)
}

// groups are the parts of a match from one group on; absent stands for those that
// took no part in it.
func groups(text string, match []int, first int, absent starlark.Value) []starlark.Value {
	var list []starlark.Value
	for i := 2 * first; i < len(match); i += 2 {
		if match[i] < 0 {
			list = append(list, absent)
			continue
		}
		list = append(list, starlark.String(text[match[i]:match[i+1]]))
	}
	return list
}

func (p *patterns) findAll(s *script.Scope, a *script.Args) (starlark.Value, error) {
	expression, text, err := p.arguments(s, a)
	if err != nil {
		return nil, err
	}
	all, err := matches(s, expression, text, 0)
	if err != nil {
		return nil, err
	}
	found := make([]starlark.Value, 0, len(all))
	for _, match := range all {
		parts := groups(text, match, 0, starlark.String(""))
		switch len(parts) {
		case 1:
			found = append(found, parts[0])
		case 2:
			found = append(found, parts[1])
		default:
			found = append(found, starlark.Tuple(parts[1:]))
		}
	}
	return starlark.NewList(found), nil
}

func (p *patterns) split(s *script.Scope, a *script.Args) (starlark.Value, error) {
	most := a.Int("maxsplit", 0)
	expression, text, err := p.arguments(s, a)
	if err != nil {
		return nil, err
	}
	found, err := matches(s, expression, text, most)
	if err != nil {
		return nil, err
	}
	var parts []starlark.Value
	end := 0
	for _, match := range found {
		parts = append(parts, starlark.String(text[end:match[0]]))
		parts = append(parts, groups(text, match, 1, starlark.None)...)
		end = match[1]
	}
	return starlark.NewList(append(parts, starlark.String(text[end:]))), nil
}
