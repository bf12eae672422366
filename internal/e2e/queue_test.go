package e2e

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/testenv"
)

// onSQS has a site use SQS at an endpoint, with further settings.
func onSQS(s *site, endpoint, settings string) {
	s.settings["application_queue"] = "{type: sqs, sqs: {" + settings + "}}"
	s.env = append(s.env, "AWS_ENDPOINT_URL="+endpoint, "AWS_APPLICATION_ACCESS_KEY_ID=any", "AWS_APPLICATION_SECRET_ACCESS_KEY="+password)
}

// queueRefusals are queues with which no process can start, and what the one line
// about it says.
var queueRefusals = map[string]struct {
	arrange func(t *testing.T, s *site)
	says    []string
}{
	"the queue does not exist": {
		arrange: func(t *testing.T, s *site) {
			t.Helper()
			onSQS(s, testenv.SQS(t), "executions: nowhere-"+uuid.NewString())
			s.env = append(s.env, "AWS_APPLICATION_REGION=us-east-1")
		},
		says: []string{"application_queue.sqs.executions", "there is no queue nowhere-", "create_queue"},
	},
	"the credentials are refused": {
		arrange: func(t *testing.T, s *site) {
			t.Helper()
			onSQS(s, refusing(t, "InvalidClientTokenId", "The security token included in the request is invalid."), "create_queue: true")
			s.env = append(s.env, "AWS_APPLICATION_REGION=us-east-1")
		},
		says: []string{"AWS refuses the credentials in AWS_APPLICATION_ACCESS_KEY_ID", "InvalidClientTokenId"},
	},
	"the region is missing": {
		arrange: func(t *testing.T, s *site) {
			t.Helper()
			onSQS(s, testenv.SQS(t), "create_queue: true")
		},
		says: []string{"region", "AWS_APPLICATION_REGION"},
	},
	"the region is another one than the queue's": {
		arrange: func(t *testing.T, s *site) {
			t.Helper()
			onSQS(s, refusing(t, "SignatureDoesNotMatch", "Credential should be scoped to a valid region."), "create_queue: true")
			s.env = append(s.env, "AWS_APPLICATION_REGION=eu-nowhere-1")
		},
		says: []string{"SignatureDoesNotMatch", "valid region"},
	},
	"nobody answers": {
		arrange: func(t *testing.T, s *site) {
			t.Helper()
			onSQS(s, "http://127.0.0.1:1", "create_queue: true")
			s.env = append(s.env, "AWS_APPLICATION_REGION=us-east-1")
		},
		says: []string{"SQS at http://127.0.0.1:1 cannot be reached", "refused"},
	},
	"the queue in PostgreSQL has no PostgreSQL": {
		arrange: func(_ *testing.T, s *site) { s.settings["application_queue"] = "{type: postgres}" },
		says:    []string{`"postgres"`, "DATABASE_APPLICATION"},
	},
}

// refusing is a server that refuses everything as AWS does.
func refusing(t *testing.T, code, message string) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/x-amz-json-1.0")
		w.WriteHeader(http.StatusForbidden)
		_, _ = fmt.Fprintf(w, `{"__type":"com.amazonaws.sqs#%s","message":%q}`, code, message)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func TestQueue_ThatCannotWorkIsRefusedInOneLine(t *testing.T) {
	t.Parallel()
	for name, refusal := range queueRefusals {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, "sqlite")
			refusal.arrange(t, s)
			s.configure(t)
			p := s.launch(t, "run")
			status, err := p.Wait(limited(t, patience))
			require.NoError(t, err, p.Log())
			require.Equal(t, 1, status, p.Log())
			require.NotContains(t, p.Log(), password)
			line := onlyLine(t, p.Log())
			for _, word := range refusal.says {
				require.Contains(t, line, word)
			}
		})
	}
}

func TestQueue_R73_TwoInstallationsOnOneDoNoHarm(t *testing.T) {
	t.Parallel()
	name := "vedette-" + uuid.NewString()
	var watched []*witness
	for _, monitor := range []string{"ours", "theirs"} {
		s := newSite(t, "postgres")
		onSQS(s, testenv.SQS(t), fmt.Sprintf("executions: %s-x, deliveries: %s-d, create_queue: true", name, name))
		s.env = append(s.env, "AWS_APPLICATION_REGION=us-east-1")
		s.configure(t)
		s.monitor(t, monitor, healthyCode)
		p := s.run(t)
		defer stop(t, p)
		watched = append(watched, s.watch(monitor))
	}
	for range 4 {
		for _, w := range watched {
			require.Equal(t, "succeeded", w.ran(t).Status)
		}
	}
	for _, w := range watched {
		monitors := list[monitorView](t, w.s, "/monitors")
		require.Len(t, monitors, 1)
		require.Equal(t, w.name, monitors[0].Name)
		require.Empty(t, texts(t, w.s.open(t), "select report from executions where status not in ('queued', 'running', 'succeeded')"))
	}
}

func TestQueue_R73_WhatIsNotOursGoesToTheDeadLetterQueue(t *testing.T) {
	t.Parallel()
	s := newSite(t, "postgres")
	name := "vedette-" + uuid.NewString()
	onSQS(s, testenv.SQS(t), fmt.Sprintf("executions: %s-x, deliveries: %s-d, create_queue: true", name, name))
	s.env = append(s.env, "AWS_APPLICATION_REGION=us-east-1")
	s.configure(t)
	s.monitor(t, "healthy", healthyCode)
	p := s.run(t)
	defer stop(t, p)

	client := sqs.New(sqs.Options{
		Region: "us-east-1", BaseEndpoint: aws.String(testenv.SQS(t)), Credentials: credentials.NewStaticCredentialsProvider("any", "any", ""),
	})
	url := func(queue string) *string {
		found, err := client.GetQueueUrl(t.Context(), &sqs.GetQueueUrlInput{QueueName: aws.String(queue)})
		require.NoError(t, err)
		return found.QueueUrl
	}
	foreign := []string{"poison", `{"vedette":2,"lane":"executions","id":1}`}
	for _, body := range foreign {
		_, err := client.SendMessage(t.Context(), &sqs.SendMessageInput{QueueUrl: url(name + "-x"), MessageBody: aws.String(body)})
		require.NoError(t, err)
	}
	var dead []string
	eventually(t, func() (bool, string) {
		received, err := client.ReceiveMessage(t.Context(), &sqs.ReceiveMessageInput{QueueUrl: url(name + "-x-dead"), MaxNumberOfMessages: 10})
		require.NoError(t, err)
		for _, message := range received.Messages {
			dead = append(dead, aws.ToString(message.Body))
		}
		return len(dead) == len(foreign), "dead letters: " + strings.Join(dead, "; ")
	})
	require.ElementsMatch(t, foreign, dead)
	w := s.watch("healthy")
	for range 3 {
		require.Equal(t, "succeeded", w.ran(t).Status)
	}
	require.Contains(t, p.Log(), "it has version 2, this binary knows 1")
}
