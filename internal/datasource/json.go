package datasource

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// maxNesting is how deep JSON may be nested. Go's own decoder stops at 10,000;
// nothing a monitor could use is deeper than this.
const maxNesting = 1000

var errTooDeep = errors.New("JSON nested deeper than 1000 levels")

// AppendJSON appends JSON text in stored form (R08): without white space, numbers
// as [AppendNumber] has them, of repeated keys the last value. On an error dst is
// as it was.
func AppendJSON(dst, text []byte) ([]byte, error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	out, err := appendNext(dst, decoder, 0)
	if err != nil {
		return dst, err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return dst, errors.New("more than one JSON value")
	}
	return out, nil
}

func appendNext(dst []byte, decoder *json.Decoder, depth int) ([]byte, error) {
	token, err := readToken(decoder)
	if err != nil {
		return dst, err
	}
	switch token := token.(type) {
	case json.Delim:
		if depth == maxNesting {
			return dst, errTooDeep
		}
		if token == '[' {
			return appendList(dst, decoder, depth+1)
		}
		return appendObject(dst, decoder, depth+1)
	case json.Number:
		return AppendNumber(dst, token.String())
	case string:
		return AppendString(dst, token), nil
	case bool:
		return AppendBool(dst, token), nil
	default:
		return AppendNull(dst), nil
	}
}

func readToken(decoder *json.Decoder) (json.Token, error) {
	token, err := decoder.Token()
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return nil, fmt.Errorf("read JSON: %w", err)
	}
	return token, nil
}

func appendList(dst []byte, decoder *json.Decoder, depth int) ([]byte, error) {
	dst = append(dst, '[')
	var err error
	for i := 0; decoder.More(); i++ {
		if i > 0 {
			dst = append(dst, ',')
		}
		if dst, err = appendNext(dst, decoder, depth); err != nil {
			return dst, err
		}
	}
	_, err = readToken(decoder)
	return append(dst, ']'), err
}

func appendObject(dst []byte, decoder *json.Decoder, depth int) ([]byte, error) {
	dst = append(dst, '{')
	members := members{start: len(dst), index: map[string]int{}}
	for decoder.More() {
		key, err := readToken(decoder)
		if err != nil {
			return dst, err
		}
		name := key.(string) // the decoder takes nothing else for a key
		start := len(dst)
		dst = append(AppendString(dst, name), ':')
		if dst, err = appendNext(dst, decoder, depth); err != nil {
			return dst, err
		}
		dst = append(dst, ',')
		members.add(name, span{start, len(dst)})
	}
	dst = bytes.TrimSuffix(members.last(dst), []byte{','})
	_, err := readToken(decoder)
	return append(dst, '}'), err
}

// span is where a member stands in the text, with the comma behind it.
type span struct{ start, end int }

// members are those of one object.
type members struct {
	// start is where the first one stands.
	start int
	// spans are in the order in which their names first came, index finds them.
	spans    []span
	index    map[string]int
	repeated bool
}

func (m *members) add(name string, at span) {
	if i, known := m.index[name]; known {
		m.spans[i], m.repeated = at, true
		return
	}
	m.index[name] = len(m.spans)
	m.spans = append(m.spans, at)
}

// last leaves of each name the last member, in the place of its first.
func (m *members) last(dst []byte) []byte {
	if !m.repeated {
		return dst
	}
	text := bytes.Clone(dst[m.start:])
	dst = dst[:m.start]
	for _, at := range m.spans {
		dst = append(dst, text[at.start-m.start:at.end-m.start]...)
	}
	return dst
}
