package sqlite

import (
	"database/sql/driver"
	"errors"
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"time"

	"github.com/vedettehq/vedette/internal/datasource"
	"github.com/vedettehq/vedette/internal/monitor"
)

// maxInline is how many elements of a list get a placeholder each. A longer list
// goes as one JSON text, because SQLite bounds the placeholders of a statement
// (at 32,766).
const maxInline = 1000

// bindArgument gives what is to stand for an argument in the statement, and the
// values that are bound to it.
func bindArgument(argument any) (placeholder string, values []driver.Value, err error) {
	list, ok := argument.([]any)
	if !ok {
		value, err := scalar(argument)
		return "?", []driver.Value{value}, err
	}
	if len(list) == 0 || len(list) > maxInline {
		return bindAsJSON(list)
	}
	for i, element := range list {
		value, err := scalar(element)
		if err != nil {
			return "", nil, fmt.Errorf("element %d: %w", i+1, err)
		}
		values = append(values, value)
	}
	return strings.Repeat("?,", len(list)-1) + "?", values, nil
}

// bindAsJSON makes a list a subquery: in (?) becomes in (select ...). Without
// elements it has no rows, so that in matches nothing and not in everything. The
// plus keeps SQLite from taking the elements for those of a column without a
// type, which it would not compare with text that looks like them.
func bindAsJSON(list []any) (string, []driver.Value, error) {
	text := []byte{'['}
	for i, element := range list {
		if i > 0 {
			text = append(text, ',')
		}
		value, err := scalar(element)
		if err != nil {
			return "", nil, fmt.Errorf("element %d: %w", i+1, err)
		}
		text = appendElement(text, value)
	}
	return "select +value from json_each(?)", []driver.Value{string(append(text, ']'))}, nil
}

func appendElement(dst []byte, value driver.Value) []byte {
	switch value := value.(type) {
	case int64:
		return strconv.AppendInt(dst, value, 10)
	case float64:
		return datasource.AppendFloat(dst, value)
	case string:
		return datasource.AppendString(dst, value)
	default:
		return datasource.AppendNull(dst)
	}
}

// scalar is one argument in a form that SQLite stores: NULL, integer, real or text.
func scalar(argument any) (driver.Value, error) {
	switch argument := argument.(type) {
	case nil, int64, float64, string:
		return argument, nil
	case bool:
		if argument {
			return int64(1), nil
		}
		return int64(0), nil
	case *big.Int:
		if !argument.IsInt64() {
			return nil, fmt.Errorf("%s has more than the 64 bits of SQLite's integers", argument)
		}
		return argument.Int64(), nil
	case time.Time:
		return strings.Trim(string(datasource.AppendTime(nil, argument)), `"`), nil
	case monitor.Data:
		return string(argument), nil
	case []any:
		return nil, errors.New("a list in a list: SQLite has no arrays, pass it as JSON")
	default:
		return nil, fmt.Errorf("a %T cannot be sent to SQLite", argument)
	}
}
