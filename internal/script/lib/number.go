package lib

import (
	"fmt"
	"math"
	"math/big"
	"strconv"

	"go.starlark.net/starlark"

	"github.com/vedettehq/vedette/internal/script"
)

func numbers() []script.Builtin {
	return []script.Builtin{
		{
			Signature: "round(x: float, digits: int | None = None) -> float",
			Doc:       "Rounds half to even, as Python does; an int if digits are not given.",
			Place:     script.Anywhere,
			Run:       round,
		},
		{
			Signature: `format(x: Any, spec: str = "") -> str`,
			Doc:       `Text of a value in Python's format: format(3.14159, ".2f"), format(1234567, ",").`,
			Place:     script.Anywhere,
			Run:       format,
		},
		{
			Signature: "sum(values: list, start: Any = 0) -> Any",
			Doc:       "The sum; of floats without rounding errors on the way.",
			Place:     script.Anywhere,
			Run:       sum,
		},
	}
}

// maxRoundDigits is beyond what a float can have on either side of its point.
const maxRoundDigits = 400

func round(_ *script.Scope, a *script.Args) (starlark.Value, error) {
	digits := a.Int("digits", 0)
	if err := a.Err(); err != nil {
		return nil, err
	}
	digits = max(-maxRoundDigits, min(digits, maxRoundDigits))
	switch x := a.Value("x").(type) {
	case starlark.Int:
		if digits >= 0 {
			return x, nil
		}
		return starlark.MakeBigInt(roundInt(x.BigInt(), -digits)), nil
	case starlark.Float:
		if !a.Has("digits") {
			return roundToInt(float64(x))
		}
		return starlark.Float(roundFloat(float64(x), digits)), nil
	default:
		a.Refuse("x", "must be a number, not %s", script.Describe(x))
		return nil, a.Err()
	}
}

func roundToInt(x float64) (starlark.Value, error) {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil, fmt.Errorf("round(): %v has no nearest int", x)
	}
	whole, _ := big.NewFloat(math.RoundToEven(x)).Int(nil)
	return starlark.MakeBigInt(whole), nil
}

// roundFloat rounds the number that a float is exactly, not the one it is shown
// as: 2.675 is a little less, so it becomes 2.67, as in Python.
func roundFloat(x float64, digits int) float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return x
	}
	if digits < 0 {
		whole, _ := big.NewFloat(math.RoundToEven(x)).Int(nil)
		f, _ := new(big.Float).SetInt(roundInt(whole, -digits)).Float64()
		return f
	}
	// The text has a number of that size, so it is read back without an error.
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(x, 'f', digits, 64), 64)
	if err != nil {
		return x
	}
	return rounded
}

// roundInt rounds to a multiple of 10^zeros, half to even.
func roundInt(x *big.Int, zeros int) *big.Int {
	unit := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(zeros)), nil)
	quotient, remainder := new(big.Int).DivMod(x, unit, new(big.Int))
	switch remainder.Lsh(remainder, 1).Cmp(unit) {
	case 1:
		quotient.Add(quotient, big.NewInt(1))
	case 0:
		quotient.Add(quotient, big.NewInt(int64(quotient.Bit(0))))
	}
	return quotient.Mul(quotient, unit)
}
