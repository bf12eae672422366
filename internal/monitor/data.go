package monitor

// Data is JSON text in stored form (R08): keys in insertion order, numbers in
// the shortest text that reads back equal, no white space. An issue's data is an
// object; arguments and variables may be any value.
type Data string

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
