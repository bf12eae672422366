package postgres

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
	"time"

	"github.com/vedettehq/vedette/internal/datasource"
	"github.com/vedettehq/vedette/internal/monitor"
)

// encodeArguments gives the arguments as the text that the server reads; nil is NULL.
func encodeArguments(arguments []any, types []*valueType) ([][]byte, error) {
	encoded := make([][]byte, len(arguments))
	for i, argument := range arguments {
		var err error
		if encoded[i], err = encodeArgument(argument, types[i]); err != nil {
			return nil, wrong("argument %d: %w", i+1, err)
		}
	}
	return encoded, nil
}

func encodeArgument(argument any, t *valueType) ([]byte, error) {
	list, ok := argument.([]any)
	switch {
	case !ok:
		return encodeScalar(argument, t)
	case t.element != nil:
		return appendArrayLiteral(nil, list, t)
	case t.json:
		return appendJSONList(nil, list)
	default:
		return nil, errors.New("a list where the statement takes a single value: write = any($1) instead of in ($1)")
	}
}

func encodeScalar(argument any, t *valueType) ([]byte, error) {
	switch argument := argument.(type) {
	case nil:
		return nil, nil
	case bool:
		return strconv.AppendBool(nil, argument), nil
	case int64:
		return strconv.AppendInt(nil, argument, 10), nil
	case *big.Int:
		return argument.Append(nil, 10), nil
	case float64:
		return encodeFloat(argument), nil
	case time.Time:
		return encodeTime(argument, t), nil
	case string:
		if strings.Contains(argument, "\x00") {
			return nil, errors.New("U+0000 in a text, which PostgreSQL cannot hold")
		}
		return []byte(argument), nil
	case monitor.Data:
		return []byte(argument), nil
	default:
		return nil, fmt.Errorf("a %T cannot be sent to PostgreSQL", argument)
	}
}

// encodeFloat writes whole numbers so that they can be read as integers too.
func encodeFloat(f float64) []byte {
	switch {
	case math.IsInf(f, 1):
		return []byte("Infinity")
	case math.IsInf(f, -1):
		return []byte("-Infinity")
	case f == math.Trunc(f) && math.Abs(f) < 1e18:
		return strconv.AppendFloat(nil, f, 'f', -1, 64)
	default:
		return strconv.AppendFloat(nil, f, 'g', -1, 64)
	}
}

// encodeTime sends a text the stored form, with which it is to be compared, and
// everything else the time in full.
func encodeTime(at time.Time, t *valueType) []byte {
	if t.textual {
		return []byte(strings.Trim(string(datasource.AppendTime(nil, at)), `"`))
	}
	return at.UTC().AppendFormat(nil, time.RFC3339Nano)
}

// appendArrayLiteral writes {"1",NULL,{...}}. Everything is quoted: the server
// takes the quotes off before it reads the elements.
func appendArrayLiteral(dst []byte, list []any, array *valueType) ([]byte, error) {
	dst = append(dst, '{')
	for i, element := range list {
		if i > 0 {
			dst = append(dst, array.delimiter)
		}
		if nested, ok := element.([]any); ok {
			var err error
			if dst, err = appendArrayLiteral(dst, nested, array); err != nil {
				return nil, err
			}
			continue
		}
		text, err := encodeScalar(element, array.element)
		if err != nil {
			return nil, fmt.Errorf("element %d: %w", i+1, err)
		}
		if text == nil {
			dst = append(dst, "NULL"...)
			continue
		}
		dst = appendQuoted(dst, text)
	}
	return append(dst, '}'), nil
}

func appendQuoted(dst, text []byte) []byte {
	dst = append(dst, '"')
	for _, c := range text {
		if c == '"' || c == '\\' {
			dst = append(dst, '\\')
		}
		dst = append(dst, c)
	}
	return append(dst, '"')
}

// appendJSONList writes a list for a parameter that is JSON.
func appendJSONList(dst []byte, list []any) ([]byte, error) {
	dst = append(dst, '[')
	for i, element := range list {
		if i > 0 {
			dst = append(dst, ',')
		}
		var err error
		if dst, err = appendJSONElement(dst, element); err != nil {
			return nil, fmt.Errorf("element %d: %w", i+1, err)
		}
	}
	return append(dst, ']'), nil
}

func appendJSONElement(dst []byte, element any) ([]byte, error) {
	switch element := element.(type) {
	case []any:
		return appendJSONList(dst, element)
	case string:
		return datasource.AppendString(dst, element), nil
	case float64:
		return datasource.AppendFloat(dst, element), nil
	case time.Time:
		return datasource.AppendTime(dst, element), nil
	case nil, bool, int64, *big.Int, monitor.Data:
		text, err := json.Marshal(element)
		return append(dst, text...), err
	default:
		return dst, fmt.Errorf("a %T cannot be sent as JSON", element)
	}
}
