package lib

import (
	"fmt"
	"math"
	"math/big"

	starlarktime "go.starlark.net/lib/time"
	"go.starlark.net/starlark"

	"github.com/vedettehq/vedette/internal/script"
)

func sum(_ *script.Scope, a *script.Args) (starlark.Value, error) {
	values, ok := a.Value("values").(starlark.Iterable)
	if !ok {
		a.Refuse("values", "must be a list, not %s", script.Describe(a.Value("values")))
		return nil, a.Err()
	}
	total := total{whole: new(big.Int)}
	if start := a.Value("start"); start != nil {
		if err := total.add(start); err != nil {
			return nil, err
		}
	}
	for value := range starlark.Elements(values) {
		if err := total.add(value); err != nil {
			return nil, err
		}
	}
	return total.value()
}

// total adds numbers up exactly: ints as ints, floats as a list of floats that do
// not overlap (Shewchuk's algorithm, as in Python's math.fsum), so that only the
// result is rounded. It also adds durations, but not to numbers.
type total struct {
	whole    *big.Int
	partials []float64
	// special is the plain sum of the NaNs and infinities.
	special  float64
	duration starlarktime.Duration
	// What has been added so far.
	ints, floats, specials, durations bool
}

func (t *total) add(value starlark.Value) error {
	switch value := value.(type) {
	case starlark.Int:
		t.ints = t.ints || value.Sign() != 0
		t.whole.Add(t.whole, value.BigInt())
	case starlark.Float:
		t.floats = true
		t.addFloat(float64(value))
	case starlarktime.Duration:
		t.durations = true
		t.duration += value
	default:
		return fmt.Errorf("sum() adds numbers or durations, not %s", script.Describe(value))
	}
	return nil
}

func (t *total) addFloat(x float64) {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		t.addSpecial(x)
		return
	}
	kept := t.partials[:0]
	for _, y := range t.partials {
		if math.Abs(x) < math.Abs(y) {
			x, y = y, x
		}
		high := x + y
		if low := y - (high - x); low != 0 {
			kept = append(kept, low)
		}
		x = high
	}
	if math.IsInf(x, 0) { // too large for a float, if only on the way
		t.addSpecial(x)
		return
	}
	t.partials = append(kept, x)
}

func (t *total) addSpecial(x float64) {
	t.specials = true
	t.special += x
}

func (t *total) value() (starlark.Value, error) {
	switch {
	case t.durations && (t.ints || t.floats):
		return nil, fmt.Errorf("sum() cannot add durations to numbers")
	case t.durations:
		return t.duration, nil
	case !t.floats:
		return starlark.MakeBigInt(t.whole), nil
	case t.specials:
		return starlark.Float(t.special), nil
	}
	// All that was added fits into so many bits, so nothing is rounded but the result.
	const precision = 2200
	exact := new(big.Float).SetPrec(precision).SetInt(t.whole)
	for _, partial := range t.partials {
		exact.Add(exact, new(big.Float).SetPrec(precision).SetFloat64(partial))
	}
	f, _ := exact.Float64()
	return starlark.Float(f), nil
}
