package script

import (
	"go.starlark.net/starlark"
	"go.starlark.net/syntax"
)

// maxIntBits bounds ints: multiplying larger ones takes so long in one step that
// nothing could stop it.
const maxIntBits = 1 << 16

// mostElements is more than any memory holds; beyond it, products of sizes could
// overflow.
const mostElements = 1 << 40

type builtinFunc = func(*starlark.Thread, *starlark.Builtin, starlark.Tuple, []starlark.Tuple) (starlark.Value, error)

// hiddenBuiltins are what the rewriter puts in the place of operators.
var hiddenBuiltins = map[string]builtinFunc{
	hiddenMultiply: multiply,
	hiddenModulo:   modulo,
	hiddenMethod:   method,
	hiddenIterate:  iterate,
}

func multiply(thread *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, _ []starlark.Tuple) (starlark.Value, error) {
	x, y := args[0], args[1]
	left, leftIsInt := x.(starlark.Int)
	right, rightIsInt := y.(starlark.Int)
	var err error
	switch {
	case leftIsInt && rightIsInt:
		err = checkProduct(thread, left, right)
	case leftIsInt:
		err = checkRepeat(thread, y, left)
	case rightIsInt:
		err = checkRepeat(thread, x, right)
	}
	if err != nil {
		return nil, err
	}
	return starlark.Binary(syntax.STAR, x, y)
}

func checkProduct(thread *starlark.Thread, x, y starlark.Int) error {
	_, smallX := x.Int64()
	_, smallY := y.Int64()
	if smallX && smallY || x.BigInt().BitLen()+y.BigInt().BitLen() <= maxIntBits {
		return nil
	}
	return scopeOf(thread).limit("an int of more than %d digits", maxIntBits*3/10)
}

func checkRepeat(thread *starlark.Thread, sequence starlark.Value, times starlark.Int) error {
	unit := int64(sizeOfValue)
	switch sequence.(type) {
	case starlark.String, starlark.Bytes:
		unit = 1
	case *starlark.List, starlark.Tuple:
	default:
		return nil
	}
	n, ok := times.Int64()
	if !ok || n > mostElements {
		n = mostElements
	}
	return scopeOf(thread).Reserve(min(int64(starlark.Len(sequence)), mostElements/1024) * unit * n)
}

func modulo(thread *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, _ []starlark.Tuple) (starlark.Value, error) {
	if format, ok := args[0].(starlark.String); ok {
		operands, ok := args[1].(starlark.Tuple)
		if !ok {
			operands = args[1:]
		}
		if err := checkFormat(scopeOf(thread), string(format), "%", operands); err != nil {
			return nil, err
		}
	}
	return starlark.Binary(syntax.PERCENT, args[0], args[1])
}

// iterate opens a loop: it notes what is gone through, and when that ends, that it
// is not any more.
func iterate(thread *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, _ []starlark.Tuple) (starlark.Value, error) {
	iterable, ok := args[0].(starlark.Iterable)
	if !ok {
		return args[0], nil // the interpreter says what is wrong with it
	}
	return &loop{iterable, scopeOf(thread)}, nil
}

// loop is what a loop goes through.
type loop struct {
	starlark.Iterable
	scope *Scope
}

// Iterate begins the loop.
func (l *loop) Iterate() starlark.Iterator {
	l.scope.hold(l.Iterable)
	return &loopIterator{l.Iterable.Iterate(), l.scope}
}

type loopIterator struct {
	starlark.Iterator
	scope *Scope
}

// Done ends the loop, also one that fails.
func (l *loopIterator) Done() {
	l.Iterator.Done()
	l.scope.release()
}

// hold has a value counted that no variable holds, until it is released.
func (s *Scope) hold(value starlark.Value) { s.gauge.held = append(s.gauge.held, value) }

// release ends what was begun last. When an error ends several at once, it is all
// of them, in whatever order.
func (s *Scope) release() {
	last := len(s.gauge.held) - 1
	s.gauge.held[last] = nil
	s.gauge.held = s.gauge.held[:last]
}
