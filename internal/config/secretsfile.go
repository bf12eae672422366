package config

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/joho/godotenv"
)

// DefaultEnvFile is read if it is there and no other is asked for.
const DefaultEnvFile = ".env.secrets"

// readSecretsFile reads a file of NAME=value lines. It may only be missing if it
// need not be there.
func readSecretsFile(name string, required bool) (map[string]string, error) {
	content, err := os.ReadFile(name)
	switch {
	case errors.Is(err, fs.ErrNotExist) && !required:
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("read the environment file: %w", err)
	}
	values, err := godotenv.UnmarshalBytes(content)
	if err != nil {
		// The parser's own message quotes the text, which is secret.
		return nil, fmt.Errorf("%s:%d: expected NAME=value (the text is not shown: it may hold a secret)", name, badLine(content))
	}
	return values, nil
}

// badLine finds the line from which on the content cannot be read: the one after
// the longest beginning that can.
func badLine(content []byte) int {
	lines := bytes.SplitAfter(content, []byte("\n"))
	for n := len(lines) - 1; n > 0; n-- {
		if _, err := godotenv.UnmarshalBytes(bytes.Join(lines[:n], nil)); err == nil {
			return n + 1
		}
	}
	return 1
}
