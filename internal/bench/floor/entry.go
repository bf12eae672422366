package floor

import (
	"encoding/json"
	"fmt"
	"time"
)

// Entry is one problem that a monitor found, with data of the size that a row of
// a business database has.
type Entry struct {
	ID       string  `json:"order_id"`
	Status   string  `json:"status"`
	Customer string  `json:"customer"`
	Amount   float64 `json:"amount"`
	Note     string  `json:"note"`
	Seen     int     `json:"seen"`
	Done     bool    `json:"done"`
}

// Entries are n problems as they are seen at the given time of looking.
func Entries(n, seen int, done bool) []Entry {
	entries := make([]Entry, n)
	for i := range entries {
		entries[i] = Entry{
			ID:       fmt.Sprintf("order-%07d", i),
			Status:   "awaiting_delivery",
			Customer: fmt.Sprintf("customer %d", i*7919%100_000),
			Amount:   float64(i%10_000) + 0.25,
			Note:     "paid, shipment completed, never delivered",
			Seen:     seen,
			Done:     done,
		}
	}
	return entries
}

// Data is the entry as JSON.
func (e Entry) Data() []byte {
	// A struct of texts and finite numbers can always be marshalled.
	data, _ := json.Marshal(e)
	return data
}

// batch is the most rows that go into one statement.
const batch = 20_000

// arrays makes JSON arrays of at most a batch of rows each. The rows' ids count
// up from first.
func arrays(entries []Entry, first int64) []string {
	var texts []string
	for start := 0; start < len(entries); start += batch {
		part := entries[start:min(start+batch, len(entries))]
		text := []byte{'['}
		for i := range part {
			if i > 0 {
				text = append(text, ',')
			}
			text = fmt.Appendf(text, `{"id":%d,"model_id":"%s","data":`, first+int64(start+i), part[i].ID)
			text = append(text, part[i].Data()...)
			text = append(text, '}')
		}
		texts = append(texts, string(append(text, ']')))
	}
	return texts
}

// at is a time as both databases store it.
func at(db DB, t time.Time) any {
	if _, ok := db.(*sqlite); ok {
		return t.UnixMicro()
	}
	return t
}
