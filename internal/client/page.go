package client

import (
	"context"
	"iter"
	"net/url"
	"strconv"
)

// Page is a part of a list.
type Page[T any] struct {
	Items []T `json:"items" nullable:"false"`
	// NextCursor asks for the next part; nil after the last.
	NextCursor *string `json:"next_cursor" doc:"Asks for the next part of the list, as the parameter cursor; null after the last."`
}

// Paging asks for a part of a list.
type Paging struct {
	// Limit is the most items to return; 0: the server's default.
	Limit int
	// Cursor is the NextCursor of the part before; empty: from the start.
	Cursor string
}

func (p Paging) values() url.Values {
	values := url.Values{}
	if p.Limit != 0 {
		values.Set("limit", strconv.Itoa(p.Limit))
	}
	set(values, "cursor", p.Cursor)
	return values
}

// All goes through a whole list, asking for its parts as they are needed. It ends
// after the first error.
func All[T any](ctx context.Context, paging Paging, list func(context.Context, Paging) (Page[T], error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for {
			page, err := list(ctx, paging)
			if err != nil {
				var none T
				yield(none, err)
				return
			}
			for _, item := range page.Items {
				if !yield(item, nil) {
					return
				}
			}
			if page.NextCursor == nil {
				return
			}
			paging.Cursor = *page.NextCursor
		}
	}
}

// set adds a parameter unless it is empty.
func set(values url.Values, name, value string) {
	if value != "" {
		values.Set(name, value)
	}
}

// setFlag adds a parameter if it is on.
func setFlag(values url.Values, name string, on bool) {
	if on {
		values.Set(name, "true")
	}
}

// setBool adds a parameter unless it is nil.
func setBool(values url.Values, name string, value *bool) {
	if value != nil {
		values.Set(name, strconv.FormatBool(*value))
	}
}

// setLabels adds a parameter for each label.
func setLabels(values url.Values, labels map[string]string) {
	for name, value := range labels {
		values.Add("label", name+":"+value)
	}
}

// setID adds a parameter unless it is 0.
func setID(values url.Values, name string, id int64) {
	if id != 0 {
		values.Set(name, strconv.FormatInt(id, 10))
	}
}
