package client

import (
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
)

// The members by which an argument says what it is, where JSON has no such value.
const (
	argumentTime  = "time"
	argumentJSON  = "json"
	argumentFloat = "float"
)

// encodeArgument writes an argument of a statement so that the other side gets
// what this one has: an int stays an int and a float a float, which makes a
// difference to some databases.
func encodeArgument(argument any) (json.RawMessage, error) {
	switch argument := argument.(type) {
	case nil, bool, int64, *big.Int, string:
		return json.Marshal(argument)
	case float64:
		return encodeFloat(argument)
	case time.Time:
		return json.Marshal(map[string]string{argumentTime: argument.Format(time.RFC3339Nano)})
	case monitor.Data:
		return json.Marshal(map[string]json.RawMessage{argumentJSON: json.RawMessage(argument)})
	case []any:
		elements := make([]json.RawMessage, len(argument))
		for i, element := range argument {
			var err error
			if elements[i], err = encodeArgument(element); err != nil {
				return nil, err
			}
		}
		return json.Marshal(elements)
	default:
		return nil, fmt.Errorf("a %T cannot be sent", argument)
	}
}

func encodeFloat(f float64) (json.RawMessage, error) {
	switch {
	case math.IsNaN(f):
		return json.Marshal(map[string]string{argumentFloat: "NaN"})
	case math.IsInf(f, 1):
		return json.Marshal(map[string]string{argumentFloat: "Infinity"})
	case math.IsInf(f, -1):
		return json.Marshal(map[string]string{argumentFloat: "-Infinity"})
	}
	text := strconv.FormatFloat(f, 'g', -1, 64)
	if !strings.ContainsAny(text, ".e") {
		text += ".0"
	}
	return json.RawMessage(text), nil
}

// Arguments are those of the statement, as a [monitor.Query] has them. The error
// says which of them is no argument.
func (q *Query) Arguments() ([]any, error) {
	var arguments []any
	for i, text := range q.Args {
		argument, err := decodeArgument(text, true)
		if err != nil {
			return nil, argumentError(i, err)
		}
		arguments = append(arguments, argument)
	}
	return arguments, nil
}

// argumentError names the i-th argument, counted from 0.
func argumentError(i int, err error) error { return fmt.Errorf("argument %d: %w", i+1, err) }

func decodeArgument(text json.RawMessage, listAllowed bool) (any, error) {
	trimmed := strings.TrimSpace(string(text))
	if trimmed == "" {
		return nil, fmt.Errorf("it is missing")
	}
	switch trimmed[0] {
	case 'n':
		return nil, nil
	case 't', 'f':
		return trimmed == "true", nil
	case '"':
		var s string
		err := json.Unmarshal(text, &s)
		return s, err
	case '{':
		return decodeTagged(text)
	case '[':
		if !listAllowed {
			return nil, fmt.Errorf("a list inside of a list cannot be sent")
		}
		return decodeList(text)
	default:
		return decodeNumber(trimmed)
	}
}

func decodeList(text json.RawMessage) (any, error) {
	var elements []json.RawMessage
	if err := json.Unmarshal(text, &elements); err != nil {
		return nil, err
	}
	list := make([]any, len(elements))
	for i, element := range elements {
		var err error
		if list[i], err = decodeArgument(element, false); err != nil {
			return nil, fmt.Errorf("element %d: %w", i+1, err)
		}
	}
	return list, nil
}

func decodeNumber(text string) (any, error) {
	if strings.ContainsAny(text, ".eE") {
		f, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return nil, fmt.Errorf("%s is out of range", text)
		}
		return f, nil
	}
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return n, nil
	}
	n, ok := new(big.Int).SetString(text, 10)
	if !ok {
		return nil, fmt.Errorf("%q is no number", text)
	}
	return n, nil
}

// decodeTagged reads {"time": ...}, {"json": ...} or {"float": ...}.
func decodeTagged(text json.RawMessage) (any, error) {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(text, &members); err != nil {
		return nil, err
	}
	if len(members) == 1 {
		if value, ok := members[argumentJSON]; ok {
			return monitor.Data(value), nil
		}
		for name, value := range members {
			var s string
			if json.Unmarshal(value, &s) == nil {
				return decodeText(name, s)
			}
		}
	}
	return nil, errTagged
}

var errTagged = fmt.Errorf(`an object is one of {"time": "2026-11-23T12:00:00Z"}, {"json": ...} and {"float": "NaN"}`)

func decodeText(name, text string) (any, error) {
	switch {
	case name == argumentTime:
		at, err := time.Parse(time.RFC3339Nano, text)
		if err != nil {
			return nil, fmt.Errorf("time: %q is not like 2026-11-23T12:00:00Z", text)
		}
		return at, nil
	case name == argumentFloat && text == "NaN":
		return math.NaN(), nil
	case name == argumentFloat && text == "Infinity":
		return math.Inf(1), nil
	case name == argumentFloat && text == "-Infinity":
		return math.Inf(-1), nil
	default:
		return nil, errTagged
	}
}
