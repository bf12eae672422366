package sqs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/aws-sdk-go-v2/service/sqs/types"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/queue"
)

const (
	// deadSuffix ends the names of the dead-letter queues that we create.
	deadSuffix = "-dead"
	// maxReceives is how often a message may come before SQS moves it there.
	maxReceives = 5
)

func (q *Queue) findAll(ctx context.Context, settings queue.SQS) (err error) {
	if q.lanes[queue.Executions], err = q.find(ctx, queue.Executions, settings.Executions, settings.CreateQueue); err != nil {
		return err
	}
	q.lanes[queue.Deliveries], err = q.find(ctx, queue.Deliveries, settings.Deliveries, settings.CreateQueue)
	return err
}

// find finds the queue of a lane by its name or URL.
func (q *Queue) find(ctx context.Context, name queue.Lane, configured string, create bool) (*lane, error) {
	if strings.HasSuffix(configured, ".fifo") {
		return nil, monitor.Errorf(monitor.CodeInvalid, "application_queue.sqs.%s: %s is a FIFO queue, which would let one message hold up all others: use a standard one", name, configured)
	}
	l := &lane{name: name, url: configured}
	if !strings.Contains(configured, "://") {
		var err error
		if l.url, err = q.url(ctx, configured, create); err != nil {
			return nil, q.explain(name, configured, err)
		}
		if create {
			l.recreate = configured
		}
	}
	attributes, err := q.attributes(ctx, l.url)
	if err != nil {
		return nil, q.explain(name, configured, err)
	}
	l.deadLetters = attributes[string(types.QueueAttributeNameRedrivePolicy)] != ""
	l.acks = queue.NewBatcher(maxBatch, func(ctx context.Context, receipts []string) []error {
		return q.remove(ctx, l, receipts)
	})
	return l, nil
}

// explain says about which key an error is.
func (q *Queue) explain(name queue.Lane, configured string, err error) error {
	if _, missing := errors.AsType[*types.QueueDoesNotExist](err); missing {
		return monitor.Errorf(monitor.CodeInvalid, "application_queue.sqs.%s: there is no queue %s at %s: create it, or set application_queue.sqs.create_queue", name, configured, q.target.place)
	}
	return fmt.Errorf("application_queue.sqs.%s: %w", name, err)
}

// url asks for the URL of a queue, and may create the queue.
func (q *Queue) url(ctx context.Context, name string, create bool) (string, error) {
	found, err := q.client.GetQueueUrl(ctx, &sqs.GetQueueUrlInput{QueueName: aws.String(name)})
	if err == nil {
		return aws.ToString(found.QueueUrl), nil
	}
	if _, missing := errors.AsType[*types.QueueDoesNotExist](err); missing && create {
		return q.create(ctx, name)
	}
	return "", q.translate(ctx, err)
}

// failed translates the error of a call, and creates the queue anew if it
// vanished, as it does when a server for development is started anew. The next
// call finds it.
func (q *Queue) failed(ctx context.Context, lane *lane, err error) error {
	if _, missing := errors.AsType[*types.QueueDoesNotExist](err); missing && lane.recreate != "" {
		if _, createErr := q.create(ctx, lane.recreate); createErr != nil {
			return createErr
		}
	}
	return q.translate(ctx, err)
}

// create makes a queue and its dead-letter queue.
func (q *Queue) create(ctx context.Context, name string) (string, error) {
	dead, err := q.client.CreateQueue(ctx, &sqs.CreateQueueInput{QueueName: aws.String(name + deadSuffix)})
	if err != nil {
		return "", q.translate(ctx, err)
	}
	attributes, err := q.attributes(ctx, aws.ToString(dead.QueueUrl))
	if err != nil {
		return "", err
	}
	redrive, err := json.Marshal(map[string]any{
		"deadLetterTargetArn": attributes[string(types.QueueAttributeNameQueueArn)],
		"maxReceiveCount":     maxReceives,
	})
	if err != nil {
		return "", err
	}
	created, err := q.client.CreateQueue(ctx, &sqs.CreateQueueInput{
		QueueName:  aws.String(name),
		Attributes: map[string]string{string(types.QueueAttributeNameRedrivePolicy): string(redrive)},
	})
	if err != nil {
		return "", q.translate(ctx, err)
	}
	q.logger.InfoContext(ctx, "created a queue", slog.String("queue", name), slog.String("dead_letter_queue", name+deadSuffix))
	return aws.ToString(created.QueueUrl), nil
}

func (q *Queue) attributes(ctx context.Context, url string) (map[string]string, error) {
	// All of them: SQS refuses to be asked for a redrive policy by name where there is none.
	found, err := q.client.GetQueueAttributes(ctx, &sqs.GetQueueAttributesInput{
		QueueUrl:       aws.String(url),
		AttributeNames: []types.QueueAttributeName{types.QueueAttributeNameAll},
	})
	if err != nil {
		return nil, q.translate(ctx, err)
	}
	return found.Attributes, nil
}
