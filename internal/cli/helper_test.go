package cli

import (
	"bytes"
	"encoding/json"
	"iter"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/vedettehq/vedette/internal/client"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// noon is when all of these tests happen.
var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

func ago(d time.Duration) *time.Time {
	t := noon.Add(-d)
	return &t
}

// pipe is a screen that is none.
func pipe() (*Screen, *bytes.Buffer) {
	var b bytes.Buffer
	return &Screen{w: &b, now: noon}, &b
}

// terminal is a screen of some width, without colours.
func terminal(width int) (*Screen, *bytes.Buffer) {
	s, b := pipe()
	s.terminal, s.width = true, width
	return s, b
}

func listOf[T any](items ...T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, item := range items {
			if !yield(item, nil) {
				return
			}
		}
	}
}

// brokenOff is a list that ends with an error.
func brokenOff[T any](err error, items ...T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, item := range items {
			if !yield(item, nil) {
				return
			}
		}
		var none T
		yield(none, err)
	}
}

func stuckOrder() client.Issue {
	alert := int64(3)
	return client.Issue{
		ID: 12, Monitor: "stuck_orders", AlertID: &alert, ModelID: "184", Status: "active",
		Data:      json.RawMessage(`{"order_id":184,"status":"awaiting_delivery","note":"late \u001b[31m again"}`),
		CreatedAt: *ago(time.Hour), UpdatedAt: *ago(3 * time.Minute),
	}
}
