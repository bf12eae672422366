package sqlstore

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func testRows(most int) (*rowWriter, *[]string) {
	var batches []string
	s := &Store{dialect: &Dialect{Time: func(buffer []byte, t time.Time) []byte { return strconv.AppendInt(buffer, t.Unix(), 10) }}}
	rows := s.rows(func(batch string, n int) error {
		batches = append(batches, strconv.Itoa(n)+" "+batch)
		return nil
	})
	rows.most = most
	return rows, &batches
}

func TestRows_AreJSONArraysOfAtMostABatch(t *testing.T) {
	t.Parallel()
	rows, batches := testRows(2)
	for i := range 3 {
		rows.int("id", int64(i))
		rows.id("alert_id", int64(i))
		rows.bool("keep", i == 0)
		rows.text("name", "n")
		rows.json("data", `{"a":1.0}`)
		rows.time("at", time.Unix(int64(5*i), 0))
		rows.time("never", time.Time{})
		require.NoError(t, rows.end())
	}
	require.NoError(t, rows.flush())
	require.NoError(t, rows.flush(), "there is nothing left")
	require.Equal(t, []string{
		`2 [{"id":0,"keep":true,"name":"n","data":{"a":1.0},"at":0},{"id":1,"alert_id":1,"keep":false,"name":"n","data":{"a":1.0},"at":5}]`,
		`1 [{"id":2,"alert_id":2,"keep":false,"name":"n","data":{"a":1.0},"at":10}]`,
	}, *batches)
}

func TestRows_AreSplitByTheirSize(t *testing.T) {
	t.Parallel()
	rows, batches := testRows(batchRows)
	text := strings.Repeat("x", batchBytes/3)
	for range 7 {
		rows.text("text", text)
		require.NoError(t, rows.end())
	}
	require.NoError(t, rows.flush())
	require.Len(t, *batches, 3)
}

func TestQuote_IsAJSONString(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "plain", `"\/`, "\x00\n\t\x1f\x7f", "ü€😀", "<&>", "\u2028", "a\xffb"} {
		var back string
		require.NoError(t, json.Unmarshal([]byte(quote(text)), &back), text)
		require.Equal(t, strings.ToValidUTF8(text, "\uFFFD"), back)
	}
}
