package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"
)

// list gets a list of the API.
func list[T any](ctx context.Context, client *http.Client, url string) (items []T, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	response, err := client.Do(request)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, response.Body.Close()) }()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, err
	}
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s: %s", url, response.Status, text)
	}
	var page struct {
		Items []T `json:"items"`
	}
	err = json.Unmarshal(text, &page)
	return page.Items, err
}

// execution is what measurements need of an execution.
type execution struct {
	ID        int64     `json:"id"`
	Status    string    `json:"status"`
	StartedAt time.Time `json:"started_at"`
}
