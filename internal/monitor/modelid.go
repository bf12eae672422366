package monitor

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// MaxModelIDLength is the most characters a model id may have (R09).
const MaxModelIDLength = 1024

// ModelID gives what identifies an issue inside its monitor: the field key of
// its data (R09). Strings are taken as they are; numbers are written so that equal
// ones give equal ids: 7, 7.0 and 7.00 are all "7". The error says why there is
// no usable model id.
func ModelID(data Data, key string) (string, error) {
	value, ok := data.Field(key)
	if !ok {
		return "", fmt.Errorf("it has no field %q, the model id", key)
	}
	id, err := modelIDOf(value)
	if err != nil {
		return "", fmt.Errorf("field %q, the model id, %w", key, err)
	}
	return id, nil
}

func modelIDOf(value Data) (string, error) {
	switch c := value[0]; {
	case c == '"':
		id, ok := value.Text()
		if !ok {
			return "", fmt.Errorf("is no well-formed text")
		}
		return id, checkModelID(id)
	case startsNumber(c):
		number, ok := parseDecimal(string(value))
		if !ok {
			return "", fmt.Errorf("is no number that can be written out")
		}
		if number.length() > MaxModelIDLength {
			return "", errModelIDTooLong()
		}
		id := number.plain()
		return id, checkModelID(id)
	}
	return "", fmt.Errorf("is %s: only texts and numbers identify an issue", kindOf(value))
}

func checkModelID(id string) error {
	if len(id) > MaxModelIDLength && utf8.RuneCountInString(id) > MaxModelIDLength {
		return errModelIDTooLong()
	}
	if strings.IndexByte(id, 0) >= 0 {
		return fmt.Errorf("has the character U+0000 in it")
	}
	return nil
}

func errModelIDTooLong() error {
	return fmt.Errorf("is over %d characters long", MaxModelIDLength)
}

// kindOf names what a value is in the words of monitor code.
func kindOf(value Data) string {
	switch value[0] {
	case '{':
		return "a dict"
	case '[':
		return "a list"
	case 't', 'f':
		return "a bool"
	case 'n':
		return "None"
	}
	return "not a value"
}
