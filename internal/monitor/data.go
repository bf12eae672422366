package monitor

import (
	"encoding/json"
	"iter"
	"strconv"
	"strings"
)

// Data is JSON text in stored form (R08): keys in insertion order, numbers in
// the shortest text that reads back equal, no white space. An issue's data is an
// object; arguments and variables may be any value.
type Data string

// MaxDataBytes is the most that one issue's data may be long (R09).
const MaxDataBytes = 256 << 10

// MarshalJSON is the text itself.
func (d Data) MarshalJSON() ([]byte, error) {
	if d == "" {
		return []byte("null"), nil
	}
	return []byte(d), nil
}

// UnmarshalJSON takes the text as it is.
func (d *Data) UnmarshalJSON(text []byte) error {
	*d = Data(text)
	return nil
}

// IsObject tells whether the data is an object, going by how it begins.
func (d Data) IsObject() bool {
	s := scanner{text: string(d)}
	return s.peek() == '{'
}

// Field gives the value of a top-level field; false if there is none, or if the
// data is no object. The value shares the data's memory.
func (d Data) Field(name string) (Data, bool) {
	s := scanner{text: string(d)}
	if !s.take('{') {
		return "", false
	}
	for {
		key, ok := s.key()
		if !ok {
			return "", false
		}
		value, ok := s.value()
		if !ok {
			return "", false
		}
		if text, ok := unquote(key); ok && text == name {
			return Data(value), true
		}
		s.take(',')
	}
}

// Fields are the names and values of an object's top-level fields, in its order;
// none if the data is no object. They share the data's memory.
func (d Data) Fields() iter.Seq2[string, Data] {
	return func(yield func(string, Data) bool) {
		s := scanner{text: string(d)}
		for isOpen := s.take('{'); isOpen; isOpen = s.take(',') {
			key, hasKey := s.key()
			value, hasValue := s.value()
			name, isText := unquote(key)
			if !hasKey || !hasValue || !isText || !yield(name, Data(value)) {
				return
			}
		}
	}
}

// Text gives what a JSON string says; false if the data is no string.
func (d Data) Text() (string, bool) { return unquote(string(d)) }

// Number gives the nearest float to a JSON number; false if the data is no
// number or is too large for a float.
func (d Data) Number() (float64, bool) {
	if d == "" || !startsNumber(d[0]) {
		return 0, false
	}
	f, err := strconv.ParseFloat(string(d), 64)
	return f, err == nil
}

// unquote reads a JSON string. Only strings with escapes cost an allocation.
func unquote(text string) (string, bool) {
	if len(text) < 2 || text[0] != '"' || text[len(text)-1] != '"' {
		return "", false
	}
	if strings.IndexByte(text, '\\') < 0 {
		return text[1 : len(text)-1], true
	}
	var s string
	err := json.Unmarshal([]byte(text), &s)
	return s, err == nil
}
