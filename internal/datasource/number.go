package datasource

import (
	"errors"
	"strconv"
	"strings"
)

// maxDigits bounds how far an exponent may be written out: 1e999999999 in a JSON
// column must not become a gigabyte of zeros.
const maxDigits = 4300

// maxExactWhole is 2^53 in digits: beyond it floats skip whole numbers.
const maxExactWhole = "9007199254740992"

var (
	errLossy     = errors.New("a fraction with a whole part over 2^53 cannot be kept exactly: cast to text or to cents")
	errTooLong   = errors.New("a number of more than 4300 digits: cast to text")
	errNotNumber = errors.New("is not a number")
)

// AppendNumber appends a decimal number, given as text, in stored form (R08):
// an int where it is whole, else the nearest float; null for NaN and the
// infinities. It is an error if it has a fraction and a whole part over 2^53.
func AppendNumber(dst []byte, text string) ([]byte, error) {
	negative := strings.HasPrefix(text, "-")
	unsigned := strings.TrimPrefix(strings.TrimPrefix(text, "-"), "+")
	switch strings.ToLower(unsigned) {
	case "nan", "infinity", "inf":
		return append(dst, "null"...), nil
	}
	whole, fraction, err := split(unsigned)
	if err != nil {
		return dst, err
	}
	if fraction == "" {
		if negative && whole != "0" {
			dst = append(dst, '-')
		}
		return append(dst, whole...), nil
	}
	if len(whole) > len(maxExactWhole) || len(whole) == len(maxExactWhole) && whole >= maxExactWhole {
		return dst, errLossy
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return dst, errNotNumber
	}
	return AppendFloat(dst, f), nil
}

// split writes the exponent out and gives the digits before and after the point,
// without the zeros that say nothing.
func split(unsigned string) (whole, fraction string, err error) {
	mantissa, exponent, err := cutExponent(unsigned)
	if err != nil {
		return "", "", err
	}
	whole, fraction, _ = strings.Cut(mantissa, ".")
	if whole+fraction == "" || strings.Trim(whole+fraction, "0123456789") != "" {
		return "", "", errNotNumber
	}
	whole, fraction = strings.TrimLeft(whole, "0"), strings.TrimRight(fraction, "0")
	if whole == "" && fraction == "" {
		return "0", "", nil
	}
	switch {
	case exponent > 0:
		if exponent > maxDigits {
			return "", "", errTooLong
		}
		fraction += strings.Repeat("0", max(0, exponent-len(fraction)))
		whole, fraction = whole+fraction[:exponent], fraction[exponent:]
	case exponent < 0:
		// Further to the left it only matters that there is a fraction.
		shift := min(-exponent, len(whole)+1)
		whole = strings.Repeat("0", max(0, shift-len(whole))) + whole
		whole, fraction = whole[:len(whole)-shift], whole[len(whole)-shift:]+fraction
	}
	whole, fraction = strings.TrimLeft(whole, "0"), strings.TrimRight(fraction, "0")
	if whole == "" {
		whole = "0"
	}
	return whole, fraction, nil
}

func cutExponent(unsigned string) (mantissa string, exponent int, err error) {
	i := strings.IndexAny(unsigned, "eE")
	if i < 0 {
		return unsigned, 0, nil
	}
	exponent, err = strconv.Atoi(unsigned[i+1:])
	switch {
	case errors.Is(err, strconv.ErrRange) && !strings.Contains(unsigned, "e-") && !strings.Contains(unsigned, "E-"):
		return "", 0, errTooLong
	case errors.Is(err, strconv.ErrRange):
		return "0", 0, nil // nearer to zero than any float
	case err != nil:
		return "", 0, errNotNumber
	}
	return unsigned[:i], exponent, nil
}
