package notify

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestSend_WaitsForNobodyLongerThanAnHour(t *testing.T) {
	t.Parallel()
	for asked, want := range map[string]time.Duration{
		"30":                  30 * time.Second,
		"31536000":            time.Hour,
		"9223372036854775807": time.Hour,
		"-1":                  0,
		"soon":                0,
		time.Now().Add(24 * time.Hour).UTC().Format(http.TimeFormat): time.Hour,
		time.Now().Add(-time.Hour).UTC().Format(http.TimeFormat):     0,
	} {
		t.Run(asked, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Retry-After", asked)
				w.WriteHeader(http.StatusTooManyRequests)
			}))
			defer server.Close()
			request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL, nil)
			require.NoError(t, err)
			_, err = Send(server.Client(), request)
			require.Equal(t, Throttled, KindOf(err))
			require.Equal(t, want, RetryAfter(err))
		})
	}
}
