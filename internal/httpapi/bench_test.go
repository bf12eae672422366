package httpapi

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
)

// benchmarkList reads a list of 1,000 rows over 16 connections.
func benchmarkList(b *testing.B, w *world, path string) {
	b.Helper()
	// What a browser does to unpack answers is not to be measured.
	transport := &http.Transport{MaxIdleConnsPerHost: 16, DisableCompression: true}
	browser := &http.Client{Transport: transport}
	defer transport.CloseIdleConnections()
	var size atomic.Int64
	b.SetParallelism(8)
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			n, err := fetch(b.Context(), browser, w.url+path)
			if err != nil {
				b.Error(err)
				return
			}
			size.Store(n)
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "requests/s")
	b.ReportMetric(float64(size.Load()), "bytes/answer")
}

func fetch(ctx context.Context, browser *http.Client, url string) (int64, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return 0, err
	}
	response, err := browser.Do(request)
	if err != nil {
		return 0, err
	}
	n, err := io.Copy(io.Discard, response.Body)
	if err != nil {
		return 0, err
	}
	return n, response.Body.Close()
}

func BenchmarkLists(b *testing.B) {
	w := newWorld(b)
	ids := make([]string, 1000)
	for i := range ids {
		ids[i] = fmt.Sprint(i)
	}
	w.find("issues", w.register("issues", func(d *monitor.Declaration) { d.Options.MaxIssuesCreation = len(ids) }), ids...)
	for i := range 999 {
		w.register(fmt.Sprintf("monitor_%d", i))
	}
	page, err := w.client.Issues(b.Context(), client.IssueFilter{Monitor: "issues"}, client.Paging{Limit: 1})
	require.NoError(b, err)
	b.Run("monitors", func(b *testing.B) { benchmarkList(b, w, "/api/v1/monitors?limit=1000") })
	b.Run("issues", func(b *testing.B) {
		benchmarkList(b, w, fmt.Sprintf("/api/v1/issues?limit=1000&alert_id=%d", *page.Items[0].AlertID))
	})
}
