package script

import "github.com/vedettehq/vedette/internal/monitor"

// Stored brings JSON that a person wrote to stored form (R08), as if code had
// returned it.
func Stored(text monitor.Data) (monitor.Data, error) {
	value, err := Decode(text)
	if err != nil {
		return "", err
	}
	e := encoder{maxBytes: monitor.MaxDataBytes, maxNesting: maxEncodedNesting}
	return e.encode(value)
}
