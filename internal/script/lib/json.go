package lib

import (
	"bytes"
	"encoding/json"
	"fmt"

	"go.starlark.net/starlark"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
)

// maxJSONBytes bounds the texts that json makes.
const maxJSONBytes = 16 << 20

func jsonModule() []script.Builtin {
	return []script.Builtin{
		{
			Signature: "json.encode(x: Any) -> str",
			Doc:       "JSON text of anything that can be stored, in the form in which it is stored.",
			Place:     script.Anywhere,
			Run:       encodeJSON,
		},
		{
			Signature: "json.decode(x: str, default: Any = ...) -> Any",
			Doc:       "The value of JSON text; default, if given, where the text is malformed.",
			Place:     script.Anywhere,
			Run:       decodeJSON,
		},
		{
			Signature: `json.encode_indent(x: Any, *, prefix: str = "", indent: str = "\t") -> str`,
			Doc:       "JSON text over several lines.",
			Place:     script.Anywhere,
			Run:       encodeIndented,
		},
		{
			Signature: `json.indent(x: str, *, prefix: str = "", indent: str = "\t") -> str`,
			Doc:       "JSON text, spread over several lines.",
			Place:     script.Anywhere,
			Run:       indentText,
		},
	}
}

func encodeJSON(s *script.Scope, a *script.Args) (starlark.Value, error) {
	data, _, err := s.Encode(a.Value("x"), maxJSONBytes)
	if err != nil {
		return nil, fmt.Errorf("json.encode(): %w", err)
	}
	return starlark.String(data), nil
}

func decodeJSON(s *script.Scope, a *script.Args) (starlark.Value, error) {
	text := a.String("x")
	if err := a.Err(); err != nil {
		return nil, err
	}
	values, err := s.Decode(monitor.Data(text))
	if err != nil {
		if fallback := a.Value("default"); fallback != nil && !s.Stopped() {
			return fallback, nil
		}
		return nil, fmt.Errorf("json.decode(): %w", err)
	}
	return values[0], nil
}

func encodeIndented(s *script.Scope, a *script.Args) (starlark.Value, error) {
	data, _, err := s.Encode(a.Value("x"), maxJSONBytes)
	if err != nil {
		return nil, fmt.Errorf("json.encode_indent(): %w", err)
	}
	return indented(s, a, string(data))
}

func indentText(s *script.Scope, a *script.Args) (starlark.Value, error) {
	return indented(s, a, a.String("x"))
}

func indented(s *script.Scope, a *script.Args, text string) (starlark.Value, error) {
	prefix, indent := a.String("prefix"), a.String("indent")
	if a.Value("indent") == nil {
		indent = "\t"
	}
	if err := a.Err(); err != nil {
		return nil, err
	}
	if err := s.Reserve(indentedSize(text, int64(len(prefix)), int64(len(indent)))); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := json.Indent(&b, []byte(text), prefix, indent); err != nil {
		return nil, fmt.Errorf("json: %w", err)
	}
	return starlark.String(b.String()), nil
}

// indentedSize is the most that JSON text takes over several lines. White space
// that goes away is counted, too.
func indentedSize(text string, prefix, indent int64) int64 {
	size, depth := int64(len(text)), int64(0)
	inText := false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '"':
			inText = !inText
		case inText && c == '\\':
			i++ // what it escapes may be a quote
		case inText:
		case c == '{' || c == '[':
			depth++
			size += 1 + prefix + depth*indent
		case c == '}' || c == ']':
			depth--
			size += 1 + prefix + max(depth, 0)*indent
		case c == ',':
			size += 1 + prefix + max(depth, 0)*indent
		case c == ':':
			size++
		}
	}
	return size
}
