package httpapi

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

// checkKeys refuses a body in which a key stands twice in one object: the standard
// library would take one of the two without a word. What is no JSON at all is left
// to whoever decodes it.
func checkKeys(body []byte) error {
	decoder := json.NewDecoder(bytes.NewReader(body))
	// seen are the keys of the objects around here, nil for a list; isKey tells that
	// the next text in the innermost one is a key.
	var seen []map[string]bool
	isKey := false
	for {
		token, err := decoder.Token()
		if err != nil {
			return nil //nolint:nilerr // the end, or what the caller finds as well
		}
		inside := len(seen) > 0 && seen[len(seen)-1] != nil
		switch token := token.(type) {
		case json.Delim:
			switch token {
			case '{':
				seen = append(seen, map[string]bool{})
			case '[':
				seen = append(seen, nil)
			default:
				seen = seen[:len(seen)-1]
			}
			isKey = len(seen) > 0 && seen[len(seen)-1] != nil
			continue
		case string:
			if inside && isKey {
				keys := seen[len(seen)-1]
				if keys[token] {
					return fmt.Errorf("the key %q stands twice in one object", token)
				}
				keys[token] = true
				isKey = false
				continue
			}
		}
		isKey = inside
	}
}

// Huma names places by paths, of which it cuts off what follows the last dot or
// bracket to go back: behind a key with one of these, such as the name of a file, it
// would name the wrong place. So it is shown keys with other signs instead.
var (
	standIns = strings.NewReplacer(".", "\ue000", "[", "\ue001")
	original = strings.NewReplacer("\ue000", ".", "\ue001", "[")
)

// withStandIns gives a decoded value whose keys have stand-ins.
func withStandIns(value any) any {
	switch value := value.(type) {
	case map[string]any:
		for key, element := range value {
			element = withStandIns(element)
			if stand := standIns.Replace(key); stand != key {
				delete(value, key)
				key = stand
			}
			value[key] = element
		}
	case []any:
		for i, element := range value {
			value[i] = withStandIns(element)
		}
	}
	return value
}
