package sqs

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"github.com/vedettehq/vedette/internal/queue"
)

// version is that of the messages. One that cannot be read by who knows only an
// older version gets a higher number.
const version = 1

// body is a message as it travels.
type body struct {
	// Version is called so that no other program's message has it by chance.
	Version int        `json:"vedette"`
	Lane    queue.Lane `json:"lane"`
	ID      *int64     `json:"id"`
}

func encode(message queue.Message) (string, error) {
	text, err := json.Marshal(body{Version: version, Lane: message.Lane, ID: &message.ID})
	return string(text), err
}

// decode reads a message of a lane, or says why it is not ours.
func decode(text string, lane queue.Lane) (queue.Message, error) {
	decoder := json.NewDecoder(bytes.NewReader([]byte(text)))
	var b body
	if err := decoder.Decode(&b); err != nil {
		return queue.Message{}, fmt.Errorf("it is not JSON as we write it: %w", err)
	}
	if _, err := decoder.Token(); err != io.EOF {
		return queue.Message{}, fmt.Errorf("there is more after the message")
	}
	switch {
	case b.Version == 0:
		return queue.Message{}, fmt.Errorf("it is not from vedette")
	case b.Version != version:
		return queue.Message{}, fmt.Errorf("it has version %d, this binary knows %d", b.Version, version)
	case b.Lane != lane || b.ID == nil:
		return queue.Message{}, fmt.Errorf("it is for another lane, or names nothing")
	}
	return queue.Message{Lane: b.Lane, ID: *b.ID}, nil
}
