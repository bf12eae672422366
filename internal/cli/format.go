package cli

import (
	"fmt"
	"slices"
	"strings"
)

// The formats of output: for people, and two for programs, whose fields are those
// of the API.
const (
	FormatTable = "table"
	FormatJSON  = "json"
	FormatYAML  = "yaml"
)

// Formats lists the formats.
func Formats() []string { return []string{FormatTable, FormatJSON, FormatYAML} }

// Choice is a flag whose value is one of a few words.
type Choice struct {
	value   string
	allowed []string
}

// NewChoice makes a flag that has a value, which may be empty, until it is set to
// one of those allowed.
func NewChoice(value string, allowed ...string) *Choice {
	return &Choice{value: value, allowed: allowed}
}

// String is the value.
func (c *Choice) String() string { return c.value }

// Set takes one of the allowed values; the error lists them.
func (c *Choice) Set(value string) error {
	if !slices.Contains(c.allowed, value) {
		return fmt.Errorf("one of %s", strings.Join(c.allowed, ", "))
	}
	c.value = value
	return nil
}

// Type is what help shows as the kind of value.
func (c *Choice) Type() string { return strings.Join(c.allowed, "|") }

// Allowed lists the values, for completion.
func (c *Choice) Allowed() []string { return c.allowed }
