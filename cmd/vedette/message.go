package main

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"
)

// maxMessage is how long a message may be; the server allows a little more, which
// apply needs for itself.
const maxMessage = 1900

// message is a flag with what is kept with a version: one that the server would
// refuse is refused before anything is done.
type message struct{ text *string }

// addMessage adds the flag that says what changed.
func addMessage(command *cobra.Command, text *string, usage string) {
	command.Flags().VarP(message{text}, "message", "m", usage)
}

// String is the text.
func (m message) String() string {
	if m.text == nil {
		return ""
	}
	return *m.text
}

// Set takes a text that can be kept.
func (m message) Set(text string) error {
	switch {
	case utf8.RuneCountInString(text) > maxMessage:
		return fmt.Errorf("it has to be at most %d characters long", maxMessage)
	case !utf8.ValidString(text) || strings.ContainsRune(text, 0):
		return errors.New("it has to be text in UTF-8")
	}
	*m.text = text
	return nil
}

// Type is what help shows as the kind of value.
func (m message) Type() string { return "string" }
