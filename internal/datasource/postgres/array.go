package postgres

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/vedettehq/vedette/internal/datasource"
)

var errArray = errors.New("an array that ends too early")

// appendArray appends an array, printed as {1,"a b",NULL,{...}}, as a JSON list.
// Bounds other than 1, printed as [0:2]={...}, are left out.
func appendArray(dst, text []byte, array *valueType) ([]byte, error) {
	if text[0] == '[' {
		_, after, found := bytes.Cut(text, []byte{'='})
		if !found {
			return dst, errArray
		}
		text = after
	}
	reader := arrayReader{text: text, array: array}
	return reader.list(dst)
}

// arrayReader reads the text of an array from the left.
type arrayReader struct {
	text  []byte
	array *valueType
}

// list reads what begins with an opening brace.
func (r *arrayReader) list(dst []byte) ([]byte, error) {
	r.text = r.text[1:]
	dst = append(dst, '[')
	for i := 0; ; i++ {
		if len(r.text) == 0 {
			return dst, errArray
		}
		if r.text[0] == '}' {
			r.text = r.text[1:]
			return append(dst, ']'), nil
		}
		if i > 0 {
			dst = append(dst, ',')
			r.text = r.text[1:] // the delimiter
		}
		var err error
		if dst, err = r.item(dst); err != nil {
			return dst, err
		}
	}
}

func (r *arrayReader) item(dst []byte) ([]byte, error) {
	if len(r.text) == 0 {
		return dst, errArray
	}
	switch r.text[0] {
	case '{':
		return r.list(dst)
	case '"':
		value, err := r.quoted()
		if err != nil {
			return dst, err
		}
		return r.append(dst, value)
	}
	length := bytes.IndexAny(r.text, string([]byte{r.array.delimiter, '}'}))
	if length < 0 {
		return dst, errArray
	}
	value := r.text[:length]
	r.text = r.text[length:]
	if string(value) == "NULL" {
		return datasource.AppendNull(dst), nil
	}
	return r.append(dst, value)
}

func (r *arrayReader) append(dst, value []byte) ([]byte, error) {
	dst, err := r.array.element.append(dst, value)
	if err != nil {
		return dst, fmt.Errorf("an element: %w", err)
	}
	return dst, nil
}

// quoted reads a string in which a backslash leads what would end it.
func (r *arrayReader) quoted() ([]byte, error) {
	value := []byte{}
	for i := 1; i < len(r.text); i++ {
		switch r.text[i] {
		case '"':
			r.text = r.text[i+1:]
			return value, nil
		case '\\':
			i++
		}
		if i < len(r.text) {
			value = append(value, r.text[i])
		}
	}
	return nil, errArray
}
