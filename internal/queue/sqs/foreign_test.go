package sqs_test

import (
	"bytes"
	"log/slog"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	awssqs "github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/queue"
	"github.com/vedettehq/vedette/internal/queue/sqs"
	"github.com/vedettehq/vedette/internal/testenv"
)

// foreign are bodies that are not ours, with why.
var foreign = map[string]string{
	"hello":                             "not JSON",
	"7":                                 "not JSON",
	`{"order": 7}`:                      "not from vedette",
	`{"vedette":2,"lane":"executions"}`: "version 2, this binary knows 1",
	`{"vedette":1,"lane":"deliveries","id":1}`:   "another lane",
	`{"vedette":1,"lane":"executions"}`:          "names nothing",
	`{"vedette":1,"lane":"executions","id":1}{}`: "more after",
}

func TestReceive_R73_WhatIsNotOursGoesToTheDeadLetterQueue(t *testing.T) {
	t.Parallel()
	settings := fresh(t)
	q, log, registry := openLogged(t, settings)
	client := newClient(t)
	for text := range foreign {
		put(t, client, settings.Executions, text)
	}
	ours := queue.Message{Lane: queue.Executions, ID: 7}
	require.NoError(t, q.Send(t.Context(), ours))

	var dead []string
	require.Eventually(t, func() bool {
		got, err := q.Receive(t.Context(), queue.Executions, 10, 0)
		require.NoError(t, err)
		for _, d := range got {
			require.Equal(t, ours, d.Message)
			require.NoError(t, d.Ack(t.Context()))
		}
		dead = append(dead, take(t, client, settings.Executions+"-dead")...)
		return len(dead) == len(foreign)
	}, time.Minute, 10*time.Millisecond)
	for text, reason := range foreign {
		require.Contains(t, dead, text, "what nobody understood is kept as it was")
		require.Contains(t, log.String(), reason)
	}
	require.NotZero(t, foreignCount(t, registry))
}

func TestReceive_R73_WhatIsNotOursIsRemovedWhereThereIsNoDeadLetterQueue(t *testing.T) {
	t.Parallel()
	settings := fresh(t)
	settings.CreateQueue = false
	client := newClient(t)
	for _, name := range []string{settings.Executions, settings.Deliveries} {
		_, err := client.CreateQueue(t.Context(), &awssqs.CreateQueueInput{QueueName: aws.String(name)})
		require.NoError(t, err)
	}
	q, log, registry := openLogged(t, settings)
	put(t, client, settings.Executions, "hello")

	got, err := q.Receive(t.Context(), queue.Executions, 10, time.Second)
	require.NoError(t, err)
	require.Empty(t, got)
	require.Contains(t, log.String(), "left_to_dead_letter_queue=false error=<nil>")
	require.InDelta(t, 1, foreignCount(t, registry), 0)
	got, err = q.Receive(t.Context(), queue.Executions, 10, 2*visibility)
	require.NoError(t, err)
	require.Empty(t, got)
	require.InDelta(t, 1, foreignCount(t, registry), 0, "it does not come again")
}

func openLogged(t *testing.T, settings queue.SQS) (queue.Queue, *bytes.Buffer, *prometheus.Registry) {
	t.Helper()
	log, registry := &bytes.Buffer{}, prometheus.NewRegistry()
	q, err := sqs.Open(t.Context(), queue.Config{
		Logger: slog.New(slog.NewTextHandler(log, nil)), Registerer: registry, SQS: settings,
	}, sqs.Config{Visibility: visibility})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, q.Close()) })
	return q, log, registry
}

// foreignCount is how many foreign messages were counted.
func foreignCount(t *testing.T, registry *prometheus.Registry) float64 {
	t.Helper()
	families, err := registry.Gather()
	require.NoError(t, err)
	for _, family := range families {
		if family.GetName() == "vedette_queue_foreign_messages_total" {
			return family.GetMetric()[0].GetCounter().GetValue()
		}
	}
	return 0
}

// newClient is somebody else who uses the same SQS.
func newClient(t *testing.T) *awssqs.Client {
	t.Helper()
	return awssqs.New(awssqs.Options{
		Region: "us-east-1", BaseEndpoint: aws.String(testenv.SQS(t)), Credentials: credentials.NewStaticCredentialsProvider("a", "b", ""),
	})
}

func queueURL(t *testing.T, client *awssqs.Client, name string) *string {
	t.Helper()
	found, err := client.GetQueueUrl(t.Context(), &awssqs.GetQueueUrlInput{QueueName: aws.String(name)})
	require.NoError(t, err)
	return found.QueueUrl
}

func put(t *testing.T, client *awssqs.Client, name, body string) {
	t.Helper()
	_, err := client.SendMessage(t.Context(), &awssqs.SendMessageInput{QueueUrl: queueURL(t, client, name), MessageBody: aws.String(body)})
	require.NoError(t, err)
}

// take receives what there is and leaves it hidden.
func take(t *testing.T, client *awssqs.Client, name string) []string {
	t.Helper()
	received, err := client.ReceiveMessage(t.Context(), &awssqs.ReceiveMessageInput{
		QueueUrl: queueURL(t, client, name), MaxNumberOfMessages: 10, VisibilityTimeout: 3600,
	})
	require.NoError(t, err)
	var bodies []string
	for _, message := range received.Messages {
		bodies = append(bodies, aws.ToString(message.Body))
	}
	return bodies
}
