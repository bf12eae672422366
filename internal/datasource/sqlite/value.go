package sqlite

import (
	"database/sql/driver"
	"encoding/json"
	"strconv"
	"time"

	"github.com/vedettehq/vedette/internal/datasource"
)

// declaredTypes are the columns' declared types in upper case; empty for
// expressions.
func declaredTypes(rows driver.Rows, columns int) []string {
	types := make([]string, columns)
	if named, ok := rows.(driver.RowsColumnTypeDatabaseTypeName); ok {
		for i := range types {
			types[i] = named.ColumnTypeDatabaseTypeName(i)
		}
	}
	return types
}

// appendValue appends a value in stored form (R08). The driver has already made
// times of text in columns that are declared to hold them.
func appendValue(dst []byte, value driver.Value, declared string) ([]byte, error) {
	switch value := value.(type) {
	case int64:
		return appendInt(dst, value, declared), nil
	case float64:
		return datasource.AppendFloat(dst, value), nil
	case string:
		return appendText(dst, value, declared)
	case []byte:
		return datasource.AppendBytes(dst, value), nil
	case time.Time:
		return appendTime(dst, value.UTC(), declared), nil
	default:
		return datasource.AppendNull(dst), nil
	}
}

func appendInt(dst []byte, value int64, declared string) []byte {
	if (declared == "BOOLEAN" || declared == "BOOL") && (value == 0 || value == 1) {
		return datasource.AppendBool(dst, value == 1)
	}
	return strconv.AppendInt(dst, value, 10)
}

func appendText(dst []byte, value, declared string) ([]byte, error) {
	if declared == "JSON" && json.Valid([]byte(value)) {
		return datasource.AppendJSON(dst, []byte(value))
	}
	return datasource.AppendString(dst, value), nil
}

// appendTime leaves a date a date, unless the column holds more than that.
func appendTime(dst []byte, value time.Time, declared string) []byte {
	if declared == "DATE" && value.Equal(value.Truncate(24*time.Hour)) {
		return datasource.AppendString(dst, value.Format(time.DateOnly))
	}
	return datasource.AppendTime(dst, value)
}
