package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/url"
	"os"
	"strconv"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/aws-sdk-go-v2/service/sqs/types"

	"github.com/vedettehq/vedette/internal/pause"
	"github.com/vedettehq/vedette/internal/testenv"
)

const region = "us-east-1"

// standIn is the server that stands in for SQS, and the trial's queues on it.
type standIn struct {
	url                    string
	server                 *testenv.SQSServer
	executions, deliveries string
	client                 *sqs.Client
}

var _ bell = (*standIn)(nil)

// startStandIn starts a server whose queues are made by who needs them first.
func startStandIn(ctx context.Context, number int) (*standIn, error) {
	server, err := testenv.StartSQS(ctx, 0)
	if err != nil {
		return nil, err
	}
	name := fmt.Sprintf("chaos-%d-%d", os.Getpid(), number)
	return &standIn{
		url: server.URL, server: server, executions: name + "-executions", deliveries: name + "-deliveries",
		client: sqs.New(sqs.Options{
			Region: region, BaseEndpoint: aws.String(server.URL), Credentials: credentials.NewStaticCredentialsProvider("any", "any", ""),
		}),
	}, nil
}

func (s *standIn) stop() error { return s.server.Stop() }

// restart has the server forget everything: queues, messages, receipts.
func (s *standIn) restart(ctx context.Context) error {
	address, err := url.Parse(s.url)
	if err != nil {
		return err
	}
	port, err := strconv.Atoi(address.Port())
	if err != nil {
		return err
	}
	if err := s.server.Stop(); err != nil {
		return err
	}
	if err := pause.For(ctx, rand.N(time.Second)); err != nil {
		return err
	}
	s.server, err = testenv.StartSQS(ctx, port)
	return err
}

// forge sends what the platform would send, with the ids of others, and what it
// cannot read.
func (s *standIn) forge(ctx context.Context, executions []int64) error {
	queue, err := s.find(ctx)
	if err != nil {
		return err
	}
	bodies := []string{"hello", `{"order": 7}`, `{"vedette":2,"lane":"executions","id":1}`, `{"vedette":1,"lane":"executions"}`}
	for _, id := range append(executions, nobody, -nobody, 0) {
		body := fmt.Sprintf(`{"vedette":1,"lane":"executions","id":%d}`, id)
		bodies = append(bodies, body, body)
	}
	for _, body := range bodies {
		_, err := s.client.SendMessage(ctx, &sqs.SendMessageInput{QueueUrl: queue, MessageBody: aws.String(body)})
		if err != nil {
			return fmt.Errorf("forge a message: %w", err)
		}
	}
	return nil
}

// steal receives messages in the place of an executor and keeps them for a while,
// or for good.
func (s *standIn) steal(ctx context.Context) error {
	queue, err := s.find(ctx)
	if err != nil {
		return err
	}
	for end := time.Now().Add(stealing); time.Now().Before(end); {
		received, err := s.client.ReceiveMessage(ctx, &sqs.ReceiveMessageInput{
			QueueUrl: queue, MaxNumberOfMessages: 10, VisibilityTimeout: 1 + rand.Int32N(3), WaitTimeSeconds: 1,
		})
		if err != nil {
			return fmt.Errorf("steal messages: %w", err)
		}
		for _, message := range received.Messages {
			if rand.IntN(3) > 0 {
				continue
			}
			_, err := s.client.DeleteMessage(ctx, &sqs.DeleteMessageInput{QueueUrl: queue, ReceiptHandle: message.ReceiptHandle})
			if err != nil {
				return fmt.Errorf("steal a message: %w", err)
			}
		}
	}
	return nil
}

// find gives the URL of the queue of executions, once somebody has made it.
func (s *standIn) find(ctx context.Context) (queue *string, err error) {
	err = await(ctx, "the queue on the stand-in for SQS", func(ctx context.Context) (string, error) {
		found, err := s.client.GetQueueUrl(ctx, &sqs.GetQueueUrlInput{QueueName: aws.String(s.executions)})
		if _, missing := errors.AsType[*types.QueueDoesNotExist](err); missing {
			return "it is not there yet", nil
		}
		if err == nil {
			queue = found.QueueUrl
		}
		return "", err
	})
	return queue, err
}
