package config

// Lookup gives single variables as [Load] would see them: from the process's
// environment, or else from the file of variables. It needs no configuration, so
// that what only speaks to a server works beside a broken one.
//
// Like all variables, NAME may also be given as NAME_FILE. The error of the
// function that it gives is one of reading that file.
func Lookup(options LoadOptions) (func(name string) (value string, ok bool, err error), error) {
	env, err := loadEnvironment(options)
	if err != nil {
		return nil, err
	}
	return env.lookup, nil
}
