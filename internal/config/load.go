package config

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"

	"github.com/vedettehq/vedette/internal/monitor"
)

const (
	// DefaultFile is read if it is there and no other is asked for.
	DefaultFile = "configs.yaml"
	// fileVariable names the configuration file.
	fileVariable = "CONFIGS_FILE"
)

// LoadOptions says what [Load] reads.
type LoadOptions struct {
	// Path is the configuration file; empty: the one that CONFIGS_FILE names, or
	// else [DefaultFile] if it is there.
	Path string
	// EnvFile holds further variables; empty: [DefaultEnvFile] if it is there.
	EnvFile string
	// Environ are the process's variables, as NAME=value.
	Environ []string
	// Dir is where relative names start; empty: the working directory.
	Dir string
	// Elsewhere says that the file is for another environment than this one, as
	// where an image is built: keys whose variables are not set here keep their
	// defaults.
	Elsewhere bool
}

// Load reads the configuration. What is wrong with it comes as one *[Error] with
// all findings; a file that cannot be read at all as another error.
func Load(options LoadOptions) (Config, error) {
	env, err := loadEnvironment(options)
	if err != nil {
		return Config{}, err
	}
	config := Default()
	problems := slices.Concat(readAddresses(&config, env), readAWS(&config, env), readAdminToken(&config, env), readSlack(&config, env))

	if config.File, err = findFile(options, env); err != nil {
		return Config{}, err
	}
	if config.File == "" {
		config.Monitors.LoadExamples = true
	} else {
		found, err := readFile(&config, env, options.Elsewhere)
		if err != nil {
			return Config{}, err
		}
		problems = append(problems, found...)
	}
	config.Warnings = warnings(config)
	return config, asError(problems)
}

func loadEnvironment(options LoadOptions) (environment, error) {
	env := newEnvironment(options.Environ, nil, options.Dir)
	name := options.EnvFile
	if name == "" {
		name = DefaultEnvFile
	}
	below, err := readSecretsFile(env.path(name), options.EnvFile != "")
	if err != nil {
		return environment{}, err
	}
	return newEnvironment(options.Environ, below, options.Dir), nil
}

// findFile gives the file to read, or empty if there is none and none was asked for.
func findFile(options LoadOptions, env environment) (string, error) {
	if options.Path != "" {
		return env.path(options.Path), nil
	}
	if name := env.values[fileVariable]; name != "" {
		if _, err := os.Stat(env.path(name)); err != nil {
			return "", fmt.Errorf("read the configuration that %s names: %w", fileVariable, err)
		}
		return env.path(name), nil
	}
	if _, err := os.Stat(env.path(DefaultFile)); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return "", nil
		}
		return "", fmt.Errorf("read the configuration: %w", err)
	}
	return env.path(DefaultFile), nil
}

func readFile(config *Config, env environment, elsewhere bool) (monitor.Diagnostics, error) {
	document, err := readDocument(config.File)
	if document == nil || err != nil {
		return nil, err
	}
	d := &decoder{path: config.File, env: env, elsewhere: elsewhere}
	d.mapping(document, "", reflect.ValueOf(config).Elem())
	return d.problems, nil
}

// warnings finds what is allowed and yet most likely a mistake.
func warnings(config Config) monitor.Diagnostics {
	var found monitor.Diagnostics
	for _, name := range slices.Sorted(maps.Keys(config.Databases.Pools)) {
		if _, ok := config.Databases.Addresses[name]; !ok {
			found = append(found, monitor.Diagnostic{
				File:     config.File,
				Message:  fmt.Sprintf("databases.pools.%s: DATABASE_%s is not set, so there is no such database", name, strings.ToUpper(name)),
				Severity: monitor.SeverityWarning,
			})
		}
	}
	return slices.Concat(found, httpClientWarnings(config), adminTokenWarnings(config))
}
