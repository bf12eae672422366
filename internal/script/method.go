package script

import "go.starlark.net/starlark"

// Method makes a function without parameters that belongs to a value which a
// builtin gave: response.json(). It sees the call that it is made in, which may
// be another than the one that gave the value.
func Method(name string, receiver starlark.Value, run func(*Scope) (starlark.Value, error)) *starlark.Builtin {
	method := starlark.NewBuiltin(name, func(thread *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
		if err := starlark.UnpackArgs(name, args, kwargs); err != nil {
			return nil, err
		}
		return run(scopeOf(thread))
	})
	return method.BindReceiver(receiver)
}
