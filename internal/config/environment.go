package config

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// fileSuffix ends the names of variables that hold the name of a file which in
// turn holds the value: secrets are often mounted as files.
const fileSuffix = "_FILE"

// maxSecretFile bounds what is read for one value.
const maxSecretFile = 64 << 10

// environment is the process's variables, over those of the file of secrets.
type environment struct {
	dir    string
	values map[string]string
}

// newEnvironment merges environ, whose elements are NAME=value, with the values
// of a file, over which it wins. Relative file names start at dir.
func newEnvironment(environ []string, below map[string]string, dir string) environment {
	values := map[string]string{}
	for _, variable := range environ {
		if name, value, ok := strings.Cut(variable, "="); ok && name != "" {
			values[name] = value
		}
	}
	merged := maps.Clone(values)
	for name, value := range below {
		if !isSet(values, name) && !isSet(values, counterpart(name)) {
			merged[name] = value
		}
	}
	return environment{dir: dir, values: merged}
}

// counterpart is the other name under which the same value can be given.
func counterpart(name string) string {
	if base, ok := strings.CutSuffix(name, fileSuffix); ok {
		return base
	}
	return name + fileSuffix
}

func isSet(values map[string]string, name string) bool {
	_, ok := values[name]
	return ok
}

// lookup gives the value of NAME: that of the variable, or the content of the
// file that NAME_FILE names. An empty NAME_FILE counts as not set: compose files
// pass on variables that nobody set.
func (e environment) lookup(name string) (value string, ok bool, err error) {
	base := strings.TrimSuffix(name, fileSuffix)
	value, direct := e.values[base]
	file := e.values[base+fileSuffix]
	switch {
	case file == "" || base == "":
		return value, direct, nil
	case direct && value != "":
		return "", false, fmt.Errorf("both %s and %s are set: leave one of them out", base, base+fileSuffix)
	}
	value, err = e.read(file)
	if err != nil {
		return "", false, fmt.Errorf("%s: %w", base+fileSuffix, err)
	}
	return value, true, nil
}

// read gives the content of a file without the line end that editors add.
func (e environment) read(name string) (string, error) {
	file, err := os.Open(e.path(name))
	if err != nil {
		return "", err
	}
	content, err := io.ReadAll(io.LimitReader(file, maxSecretFile+1))
	if err = errors.Join(err, file.Close()); err != nil {
		return "", err
	}
	if len(content) > maxSecretFile {
		return "", fmt.Errorf("%s holds more than %d bytes", name, maxSecretFile)
	}
	return strings.TrimSuffix(strings.TrimSuffix(string(content), "\n"), "\r"), nil
}

// path puts a relative name below the directory that the process started in.
func (e environment) path(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(e.dir, name)
}

// names lists the variables that start with prefix, each once even if given
// through a file.
func (e environment) names(prefix string) []string {
	var names []string
	for name := range e.values {
		name = strings.TrimSuffix(name, fileSuffix)
		if strings.HasPrefix(name, prefix) && len(name) > len(prefix) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}
