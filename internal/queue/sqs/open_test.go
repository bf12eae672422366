package sqs_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/queue"
	"github.com/vedettehq/vedette/internal/queue/sqs"
)

func TestOpen_SaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	refusing := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/x-amz-json-1.0")
		w.WriteHeader(http.StatusForbidden)
		_, err := w.Write([]byte(`{"__type":"com.amazon.coral.service#UnrecognizedClientException","message":"The security token included in the request is invalid."}`))
		if err != nil {
			t.Error(err)
		}
	}))
	t.Cleanup(refusing.Close)

	tests := map[string]struct {
		change  func(*queue.SQS)
		code    monitor.Code
		message string
	}{
		"no such queue": {
			func(s *queue.SQS) { s.CreateQueue = false }, monitor.CodeInvalid, "create it, or set application_queue.sqs.create_queue",
		},
		"no such queue by its URL": {
			func(s *queue.SQS) { s.Executions = s.Endpoint + "/000000000000/nowhere" }, monitor.CodeInvalid, "there is no queue http://",
		},
		"wrong credentials": {
			func(s *queue.SQS) { s.Endpoint = refusing.URL }, monitor.CodeInvalid,
			"AWS refuses the credentials in AWS_APPLICATION_ACCESS_KEY_ID and AWS_APPLICATION_SECRET_ACCESS_KEY",
		},
		"nobody there": {
			func(s *queue.SQS) { s.Endpoint = "http://127.0.0.1:1" }, monitor.CodeUnavailable, "SQS at http://127.0.0.1:1 cannot be reached: connection refused",
		},
		"FIFO": {
			func(s *queue.SQS) { s.Executions += ".fifo" }, monitor.CodeInvalid, "use a standard one",
		},
		"one queue for both": {
			func(s *queue.SQS) { s.Deliveries = s.Executions }, monitor.CodeInvalid, "they have to be two",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			settings := fresh(t)
			test.change(&settings)
			_, err := sqs.Open(t.Context(), queue.Config{Logger: slog.New(slog.DiscardHandler), SQS: settings}, sqs.Config{})
			require.ErrorContains(t, err, test.message)
			require.Equal(t, test.code, monitor.CodeOf(err), err)
			require.NotContains(t, err.Error(), "hunter2")
			require.NotContains(t, err.Error(), "\n")
		})
	}
}

func TestOpen_NeedsARegion(t *testing.T) {
	for _, variable := range []string{"AWS_REGION", "AWS_DEFAULT_REGION"} {
		t.Setenv(variable, "")
	}
	t.Setenv("AWS_CONFIG_FILE", "/nonexistent")
	settings := queue.SQS{Executions: "a", Deliveries: "b"}
	_, err := sqs.Open(t.Context(), queue.Config{Logger: slog.New(slog.DiscardHandler), SQS: settings}, sqs.Config{})
	require.ErrorContains(t, err, "set AWS_APPLICATION_REGION")
}

func TestOpen_NeedsCredentials(t *testing.T) {
	for _, variable := range []string{"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI"} {
		t.Setenv(variable, "")
	}
	t.Setenv("AWS_CONFIG_FILE", "/nonexistent")
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent")
	t.Setenv("AWS_EC2_METADATA_DISABLED", "true")
	settings := queue.SQS{Executions: "a", Deliveries: "b", Region: "us-east-1", Endpoint: "http://127.0.0.1:1"}
	_, err := sqs.Open(t.Context(), queue.Config{Logger: slog.New(slog.DiscardHandler), SQS: settings}, sqs.Config{})
	require.ErrorContains(t, err, "there are no credentials for SQS: set AWS_APPLICATION_ACCESS_KEY_ID")
}
