package postgres

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/jackc/pgx/v5/pgconn"
)

// valueType says how values of a type are read and written.
type valueType struct {
	// scalar appends a value in stored form; nil for arrays.
	scalar appender
	// element is the type of an array's elements, delimiter what separates them.
	element   *valueType
	delimiter byte
	// json and textual say what arguments may be sent as.
	json, textual bool
}

// appender appends a value, given as the text that PostgreSQL prints, in stored form.
type appender func(dst, text []byte) ([]byte, error)

// types knows the types of one database. Those that users made are looked up
// once; an OID does not change its meaning.
type types struct {
	mutex sync.Mutex
	known map[uint32]*valueType
}

func newTypes() *types { return &types{known: builtin()} }

// resolve gives the types of the OIDs, in their order.
func (t *types) resolve(ctx context.Context, conn *pgconn.PgConn, oids []uint32) ([]*valueType, error) {
	if unknown := t.unknown(oids); len(unknown) > 0 {
		rows, err := lookUp(ctx, conn, unknown)
		if err != nil {
			return nil, err
		}
		t.learnAll(rows)
	}
	t.mutex.Lock()
	defer t.mutex.Unlock()
	found := make([]*valueType, len(oids))
	for i, oid := range oids {
		if found[i] = t.known[oid]; found[i] == nil {
			found[i] = plainText // dropped since the statement was prepared
		}
	}
	return found, nil
}

func (t *types) unknown(oids []uint32) []string {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	var unknown []string
	for _, oid := range oids {
		if t.known[oid] == nil {
			unknown = append(unknown, strconv.FormatUint(uint64(oid), 10))
		}
	}
	return unknown
}

func (t *types) learnAll(rows map[uint32]catalogRow) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	for oid := range rows {
		t.learn(oid, rows)
	}
}

// learn makes a type of what the catalogue says of it and of those it is made of.
func (t *types) learn(oid uint32, rows map[uint32]catalogRow) *valueType {
	if known := t.known[oid]; known != nil {
		return known
	}
	made := plainText
	switch row := rows[oid]; {
	case row.base != 0:
		made = t.learn(row.base, rows)
	case row.element != 0:
		made = &valueType{element: t.learn(row.element, rows), delimiter: row.delimiter}
	}
	t.known[oid] = made
	return made
}

// catalogRow is what matters of a row of pg_type.
type catalogRow struct {
	base, element uint32
	delimiter     byte
}

// catalogQuery follows domains to their base and arrays to their elements. The
// two vector types are arrays that print without braces: they stay text.
const catalogQuery = `with recursive wanted as (
	select oid, typtype, typbasetype, typelem, typlen, typcategory from pg_catalog.pg_type where oid = any ($1::pg_catalog.oid[])
	union
	select t.oid, t.typtype, t.typbasetype, t.typelem, t.typlen, t.typcategory
	from wanted join pg_catalog.pg_type t on t.oid in (wanted.typbasetype, wanted.typelem)
)
select w.oid, case when w.typtype = 'd' then w.typbasetype else 0 end,
	case when w.typtype <> 'd' and w.typcategory = 'A' and w.typlen = -1 and w.oid not in (22, 30) then w.typelem else 0 end,
	coalesce(e.typdelim, ',')
from wanted w left join pg_catalog.pg_type e on e.oid = w.typelem`

func lookUp(ctx context.Context, conn *pgconn.PgConn, oids []string) (map[uint32]catalogRow, error) {
	list := "{" + strings.Join(oids, ",") + "}"
	result := conn.ExecParams(ctx, catalogQuery, [][]byte{[]byte(list)}, nil, nil, nil).Read()
	if result.Err != nil {
		return nil, result.Err
	}
	rows := make(map[uint32]catalogRow, len(result.Rows))
	for _, row := range result.Rows {
		var numbers [3]uint32
		for i := range numbers {
			n, err := strconv.ParseUint(string(row[i]), 10, 32)
			if err != nil {
				return nil, fmt.Errorf("read pg_type: %w", err)
			}
			numbers[i] = uint32(n)
		}
		rows[numbers[0]] = catalogRow{base: numbers[1], element: numbers[2], delimiter: row[3][0]}
	}
	return rows, nil
}
