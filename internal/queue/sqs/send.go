package sqs

import (
	"context"
	"slices"
	"strconv"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/aws-sdk-go-v2/service/sqs/types"
	"golang.org/x/sync/errgroup"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/queue"
)

const (
	// maxBatch is the most messages that SQS takes, gives or removes at a time.
	maxBatch = 10
	// maxSending is how many batches are under way at a time.
	maxSending = 16
)

// Send queues all messages, in batches side by side.
func (q *Queue) Send(ctx context.Context, messages ...queue.Message) error {
	ctx, release, err := q.begin(ctx)
	if err != nil {
		return err
	}
	defer release()
	bodies := map[*lane][]string{}
	for _, message := range messages {
		lane, err := q.lane(message.Lane)
		if err != nil {
			return err
		}
		text, err := encode(message)
		if err != nil {
			return err
		}
		bodies[lane] = append(bodies[lane], text)
	}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(maxSending)
	for lane, all := range bodies {
		for batch := range slices.Chunk(all, maxBatch) {
			group.Go(func() error { return q.sendBatch(ctx, lane, batch) })
		}
	}
	return group.Wait()
}

func (q *Queue) sendBatch(ctx context.Context, lane *lane, bodies []string) error {
	entries := make([]types.SendMessageBatchRequestEntry, len(bodies))
	for i, text := range bodies {
		entries[i] = types.SendMessageBatchRequestEntry{Id: aws.String(strconv.Itoa(i)), MessageBody: aws.String(text)}
	}
	sent, err := q.client.SendMessageBatch(ctx, &sqs.SendMessageBatchInput{QueueUrl: aws.String(lane.url), Entries: entries})
	if err != nil {
		return q.failed(ctx, lane, err)
	}
	if len(sent.Failed) > 0 {
		return monitor.Errorf(monitor.CodeUnavailable, "SQS did not take %d of %d messages: %w", len(sent.Failed), len(bodies), refusal(sent.Failed[0]))
	}
	return nil
}
