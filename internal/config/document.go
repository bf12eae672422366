package config

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"github.com/vedettehq/vedette/internal/monitor"
)

// maxFile bounds a configuration file: what is larger is some other file.
const maxFile = 1 << 20

// readDocument parses a file into its one document. It is nil for an empty file.
func readDocument(path string) (ast.Node, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read the configuration: %w", err)
	}
	return parseDocument(path, content)
}

func parseDocument(path string, content []byte) (ast.Node, error) {
	if len(content) > maxFile {
		return nil, fmt.Errorf("%s is larger than %d bytes: that is no configuration file", path, maxFile)
	}
	if !utf8.Valid(content) {
		return nil, fmt.Errorf("%s is not UTF-8 text", path)
	}
	content = bytes.TrimPrefix(content, []byte("\xef\xbb\xbf"))
	file, err := parser.ParseBytes(content, 0)
	if err != nil {
		return nil, syntaxProblem(path, err)
	}
	return onlyDocument(path, file)
}

func onlyDocument(path string, file *ast.File) (ast.Node, error) {
	var body ast.Node
	for _, document := range file.Docs {
		if document.Body == nil || document.Body.Type() == ast.NullType {
			continue
		}
		if body != nil {
			return nil, &Error{monitor.Diagnostics{at(path, document.Body.GetToken(), "there is more than one document in the file")}}
		}
		body = document.Body
	}
	return body, nil
}

// syntaxProblem gives a parser's error the form of all others.
func syntaxProblem(path string, err error) error {
	var syntax yaml.Error
	if !errors.As(err, &syntax) || syntax.GetToken() == nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return &Error{monitor.Diagnostics{at(path, syntax.GetToken(), syntax.GetMessage())}}
}

// at is a finding at the place of a token.
func at(path string, where *token.Token, message string) monitor.Diagnostic {
	d := monitor.Diagnostic{File: path, Message: message, Severity: monitor.SeverityError}
	if where != nil && where.Position != nil {
		d.Line, d.Column = where.Position.Line, where.Position.Column
	}
	return d
}
