package sqlite

import (
	"database/sql"
	"fmt"
	"time"
)

// scan reads a row into destinations. It does so itself, since database/sql
// would go by way of text for every number.
func (c *conn) scan(rows *sql.Rows, destinations []any) error {
	for len(c.values) < len(destinations) {
		c.values = append(c.values, new(any))
	}
	values := c.values[:len(destinations)]
	if err := rows.Scan(values...); err != nil {
		return c.translate(err)
	}
	for i, destination := range destinations {
		if err := assign(destination, *values[i].(*any)); err != nil {
			return fmt.Errorf("column %d: %w", i+1, err)
		}
	}
	return nil
}

func assign(destination, value any) error {
	switch value := value.(type) {
	case int64:
		return assignInt(destination, value)
	case string:
		if text, ok := destination.(*string); ok {
			*text = value
			return nil
		}
	case nil:
		if t, ok := destination.(*time.Time); ok {
			*t = time.Time{}
			return nil
		}
	}
	return fmt.Errorf("cannot read %T into %T", value, destination)
}

func assignInt(destination any, value int64) error {
	switch d := destination.(type) {
	case *int64:
		*d = value
	case *int:
		*d = int(value)
	case *uint8:
		*d = uint8(value) //nolint:gosec // The schema bounds what is read so.
	case *bool:
		*d = value != 0
	case *time.Time:
		*d = time.UnixMicro(value).UTC()
	default:
		return fmt.Errorf("cannot read a number into %T", destination)
	}
	return nil
}
