package script

import "github.com/vedettehq/vedette/internal/monitor"

// DecodeAll decodes as IsSolved does, and nothing more.
func DecodeAll(data []monitor.Data) error {
	decoder := new(decoder)
	for _, text := range data {
		if _, err := decoder.decode(string(text)); err != nil {
			return err
		}
	}
	return nil
}
