package postgres

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5/pgtype"

	"github.com/vedettehq/vedette/internal/datasource"
)

// plainText is the type of everything that stays the text it is.
var plainText = &valueType{scalar: appendText}

const voidOID = 2278

// builtin are the types that mean something to us, by OID. All others are looked
// up: they may be arrays or domains.
func builtin() map[uint32]*valueType {
	textual := &valueType{scalar: appendText, textual: true}
	object := &valueType{scalar: datasource.AppendJSON, json: true}
	integer, float := &valueType{scalar: appendInteger}, &valueType{scalar: appendFloat}
	timestamp := &valueType{scalar: appendTimestamp}
	return map[uint32]*valueType{
		pgtype.TextOID: textual, pgtype.VarcharOID: textual, pgtype.BPCharOID: textual, pgtype.NameOID: textual, pgtype.UnknownOID: textual,
		pgtype.BoolOID: {scalar: appendBool},
		pgtype.Int2OID: integer, pgtype.Int4OID: integer, pgtype.Int8OID: integer, pgtype.OIDOID: integer,
		pgtype.Float4OID: float, pgtype.Float8OID: float,
		pgtype.NumericOID: {scalar: appendNumeric},
		pgtype.JSONOID:    object, pgtype.JSONBOID: object,
		pgtype.ByteaOID:     {scalar: appendBytea},
		pgtype.TimestampOID: timestamp, pgtype.TimestamptzOID: timestamp,
		voidOID: {scalar: func(dst, _ []byte) ([]byte, error) { return datasource.AppendNull(dst), nil }},
	}
}

// append appends a value in stored form (R08); nil is NULL.
func (t *valueType) append(dst, text []byte) ([]byte, error) {
	switch {
	case text == nil:
		return datasource.AppendNull(dst), nil
	case t.element != nil:
		return appendArray(dst, text, t)
	default:
		return t.scalar(dst, text)
	}
}

func appendText(dst, text []byte) ([]byte, error) { return datasource.AppendString(dst, text), nil }

func appendBool(dst, text []byte) ([]byte, error) {
	return datasource.AppendBool(dst, bytes.Equal(text, []byte("t"))), nil
}

func appendInteger(dst, text []byte) ([]byte, error) { return append(dst, text...), nil }

func appendFloat(dst, text []byte) ([]byte, error) {
	f, err := strconv.ParseFloat(string(text), 64)
	if err != nil {
		return dst, fmt.Errorf("read %q as a float: %w", text, err)
	}
	return datasource.AppendFloat(dst, f), nil
}

func appendNumeric(dst, text []byte) ([]byte, error) {
	return datasource.AppendNumber(dst, string(text))
}

func appendBytea(dst, text []byte) ([]byte, error) {
	digits, ok := bytes.CutPrefix(text, []byte(`\x`))
	if !ok {
		return dst, errors.New("bytea not printed as hex: the statement must not change bytea_output")
	}
	raw, err := hex.AppendDecode(nil, digits)
	if err != nil {
		return dst, fmt.Errorf("read bytea: %w", err)
	}
	return datasource.AppendBytes(dst, raw), nil
}

// timestampLayouts are how PostgreSQL prints timestamps, the first two those of a
// session in UTC.
var timestampLayouts = []string{"2006-01-02 15:04:05-07", time.DateTime, "2006-01-02 15:04:05-07:00", "2006-01-02 15:04:05-07:00:00"}

// appendTimestamp leaves what RFC 3339 cannot say as the text it is: infinities,
// years before Christ and after 9999.
func appendTimestamp(dst, text []byte) ([]byte, error) {
	for _, layout := range timestampLayouts {
		if t, err := time.Parse(layout, string(text)); err == nil {
			return datasource.AppendTime(dst, t), nil
		}
	}
	return datasource.AppendString(dst, text), nil
}
