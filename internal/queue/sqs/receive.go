package sqs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/aws-sdk-go-v2/service/sqs/types"

	"github.com/vedettehq/vedette/internal/queue"
)

// maxWait is the longest that SQS lets a call wait for messages.
const maxWait = 20 * time.Second

// Receive waits in whole seconds, as SQS does: up to one more than asked for. It
// returns ten messages at most.
func (q *Queue) Receive(ctx context.Context, name queue.Lane, limit int, wait time.Duration) ([]queue.Delivery, error) {
	lane, err := q.lane(name)
	if err != nil {
		return nil, err
	}
	ctx, release, err := q.begin(ctx)
	if err != nil {
		return nil, err
	}
	defer release()
	end := time.Now().Add(wait)
	for {
		found, err := q.look(ctx, lane, limit, time.Until(end))
		if len(found) > 0 || err != nil || !time.Now().Before(end) {
			return found, err
		}
	}
}

// look makes one call, which waits no longer than SQS lets it.
func (q *Queue) look(ctx context.Context, lane *lane, limit int, wait time.Duration) ([]queue.Delivery, error) {
	received, err := q.client.ReceiveMessage(ctx, &sqs.ReceiveMessageInput{
		QueueUrl:                    aws.String(lane.url),
		MaxNumberOfMessages:         int32(min(limit, maxBatch)),
		WaitTimeSeconds:             seconds(min(wait, maxWait)),
		VisibilityTimeout:           seconds(q.config.Visibility),
		MessageSystemAttributeNames: []types.MessageSystemAttributeName{types.MessageSystemAttributeNameApproximateReceiveCount},
	})
	if err != nil {
		return nil, q.failed(ctx, lane, err)
	}
	var found []queue.Delivery
	for _, message := range received.Messages {
		ours, err := decode(aws.ToString(message.Body), lane.name)
		if err != nil {
			q.setAside(ctx, lane, message, err)
			continue
		}
		if count, err := strconv.Atoi(message.Attributes[string(types.MessageSystemAttributeNameApproximateReceiveCount)]); err == nil && count > 1 {
			q.metrics.Redeliveries.WithLabelValues(string(lane.name)).Inc()
		}
		found = append(found, q.delivery(lane, ours, aws.ToString(message.ReceiptHandle)))
	}
	return found, nil
}

// seconds rounds up, and nothing below zero.
func seconds(d time.Duration) int32 {
	return int32((max(d, 0) + time.Second - 1) / time.Second)
}

func (q *Queue) delivery(lane *lane, message queue.Message, receipt string) queue.Delivery {
	return queue.Delivery{
		Message: message,
		Ack:     func(ctx context.Context) error { return lane.acks.Do(ctx, receipt) },
		Extend: func(ctx context.Context, by time.Duration) error {
			return q.hide(ctx, lane, receipt, by)
		},
	}
}

// hide does nothing for a message that is gone, or came again meanwhile.
func (q *Queue) hide(ctx context.Context, lane *lane, receipt string, by time.Duration) error {
	_, err := q.client.ChangeMessageVisibility(ctx, &sqs.ChangeMessageVisibilityInput{
		QueueUrl: aws.String(lane.url), ReceiptHandle: aws.String(receipt), VisibilityTimeout: seconds(by),
	})
	_, elsewhere := errors.AsType[*types.MessageNotInflight](err)
	_, gone := errors.AsType[*types.ReceiptHandleIsInvalid](err)
	if elsewhere || gone {
		return nil
	}
	return q.translate(ctx, err)
}

// remove acknowledges messages.
func (q *Queue) remove(ctx context.Context, lane *lane, receipts []string) []error {
	entries := make([]types.DeleteMessageBatchRequestEntry, len(receipts))
	for i, receipt := range receipts {
		entries[i] = types.DeleteMessageBatchRequestEntry{Id: aws.String(strconv.Itoa(i)), ReceiptHandle: aws.String(receipt)}
	}
	errs := make([]error, len(receipts))
	removed, err := q.client.DeleteMessageBatch(ctx, &sqs.DeleteMessageBatchInput{QueueUrl: aws.String(lane.url), Entries: entries})
	if err != nil {
		for i := range errs {
			errs[i] = q.translate(ctx, err)
		}
		return errs
	}
	for _, failed := range removed.Failed {
		if i, err := strconv.Atoi(aws.ToString(failed.Id)); err == nil && i < len(errs) && aws.ToString(failed.Code) != "ReceiptHandleIsInvalid" {
			errs[i] = fmt.Errorf("acknowledge a message: %w", refusal(failed))
		}
	}
	return errs
}

// setAside gets a message that is not ours out of the way (R73). Where there is a
// dead-letter queue it is handed back at once, as often as it takes until SQS
// moves it there; otherwise it would come for days, and is removed.
func (q *Queue) setAside(ctx context.Context, lane *lane, message types.Message, reason error) {
	q.metrics.Foreign.WithLabelValues(string(lane.name)).Inc()
	receipt := aws.ToString(message.ReceiptHandle)
	var err error
	if lane.deadLetters {
		err = q.hide(ctx, lane, receipt, 0)
	} else {
		err = lane.acks.Do(ctx, receipt)
	}
	q.logger.WarnContext(ctx, "a message is not ours",
		slog.String("lane", string(lane.name)), slog.String("message_id", aws.ToString(message.MessageId)),
		slog.Any("reason", reason), slog.Bool("left_to_dead_letter_queue", lane.deadLetters), slog.Any("error", err))
}
