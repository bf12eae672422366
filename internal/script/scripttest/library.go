package scripttest

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
	"github.com/vedettehq/vedette/internal/script/lib"
)

// library is what tests can call: what monitors can, but for declaring one, and
// what only tests need.
func library() script.Library {
	library := lib.All()
	library.Builtins = slices.DeleteFunc(library.Builtins, func(b script.Builtin) bool { return strings.HasPrefix(b.Signature, "monitor(") })
	library.Builtins = slices.Concat(library.Builtins, Builtins())
	library.Unavailable = maps.Clone(library.Unavailable)
	maps.Copy(library.Unavailable, map[string]string{
		"monitor": "monitor() is called in " + monitor.CodeFile + " only",
	})
	return library
}

// Builtins are those that only tests have.
func Builtins() []script.Builtin {
	return slices.Concat(fixtures(), outsideFixtures(), runs(), assertions())
}

// Stub is the text of vedette.pyi: what monitors and their tests can call.
func Stub() string { return lib.Stub(Builtins()...) }

// worldOf gives the world of the test that calls a builtin. Only the test's own
// thread may change it.
func worldOf(s *script.Scope, builtin string) (*world, error) {
	w, ok := s.Host().(*world)
	if !ok {
		return nil, fmt.Errorf("%s() cannot be called inside of a fake's function", builtin)
	}
	if s.Parallel() {
		return nil, fmt.Errorf("%s() cannot be called inside of parallel()", builtin)
	}
	return w, nil
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
