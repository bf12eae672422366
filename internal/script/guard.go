package script

import (
	"fmt"

	"go.starlark.net/starlark"
	"go.starlark.net/starlarkstruct"
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
	hiddenKeep:     keep,
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

// method gives a bound method as x.name does, but one of a string asks before it
// makes much out of little.
func method(_ *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, _ []starlark.Tuple) (starlark.Value, error) {
	x, name := args[0], string(args[1].(starlark.String))
	noSuch := fmt.Errorf("%s has no .%s field or method", x.Type(), name)
	owner, ok := x.(starlark.HasAttrs)
	if !ok {
		return nil, noSuch
	}
	value, err := owner.Attr(name)
	if value == nil && err == nil {
		err = noSuch
	}
	bound, isMethod := value.(*starlark.Builtin)
	text, isText := x.(starlark.String)
	if err != nil || !isMethod || !isText {
		return value, err
	}
	return starlark.NewBuiltin(name, func(thread *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
		if err := checkMethod(scopeOf(thread), name, string(text), args, kwargs); err != nil {
			return nil, err
		}
		return bound.CallInternal(thread, args, kwargs)
	}), nil
}

// iterate opens a comprehension: it notes that values are being gathered, and
// when the iteration ends, that they are not any more.
func iterate(thread *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, _ []starlark.Tuple) (starlark.Value, error) {
	iterable, ok := args[0].(starlark.Iterable)
	if !ok {
		return args[0], nil // the interpreter says what is wrong with it
	}
	return &gathering{iterable, scopeOf(thread)}, nil
}

// gathering is the first iterable of a comprehension.
type gathering struct {
	starlark.Iterable
	scope *Scope
}

// Iterate begins the comprehension.
func (g *gathering) Iterate() starlark.Iterator {
	g.scope.gauge.kept = append(g.scope.gauge.kept, 0)
	return &gatheringIterator{g.Iterable.Iterate(), g.scope}
}

type gatheringIterator struct {
	starlark.Iterator
	scope *Scope
}

// Done ends the comprehension, also one that fails.
func (g *gatheringIterator) Done() {
	g.Iterator.Done()
	kept := &g.scope.gauge.kept
	*kept = (*kept)[:len(*kept)-1]
}

// keep weighs what a comprehension gathers.
func keep(thread *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, _ []starlark.Tuple) (starlark.Value, error) {
	kept := scopeOf(thread).gauge.kept
	kept[len(kept)-1] += sizeOfValue + weight(args[0], 2)
	return args[0], nil
}

// weight estimates what a value takes, looking only a few levels deep: it is
// asked for each element of each comprehension.
func weight(value starlark.Value, levels int) int64 {
	switch value := value.(type) {
	case starlark.String:
		return sizeOfString + int64(len(value))
	case starlark.Bytes:
		return sizeOfString + int64(len(value))
	case *starlarkstruct.Struct:
		var total int64
		for _, name := range value.AttrNames() {
			total += sizeOfString + sizeOfValue
			if field, err := value.Attr(name); err == nil && levels > 0 {
				total += weight(field, levels-1)
			}
		}
		return total
	case *starlark.List:
		total := int64(sizeOfList) + int64(value.Len())*sizeOfValue
		for i := 0; levels > 0 && i < value.Len(); i++ {
			total += weight(value.Index(i), levels-1)
		}
		return total
	case starlark.Tuple:
		total := int64(len(value)) * sizeOfValue
		for i := 0; levels > 0 && i < len(value); i++ {
			total += weight(value[i], levels-1)
		}
		return total
	case *starlark.Dict:
		total := sizeOfDict(value.Len())
		if levels > 0 {
			for _, element := range value.Entries() {
				total += weight(element, levels-1)
			}
		}
		return total
	}
	return sizeOfNumber
}
