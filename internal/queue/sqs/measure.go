package sqs

import (
	"context"
	"strconv"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/aws-sdk-go-v2/service/sqs/types"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/queue"
)

var _ queue.Measured = (*Queue)(nil)

// counted are the attributes that together are all messages of a queue. Those that
// are delayed were not sent by us.
var counted = []types.QueueAttributeName{
	types.QueueAttributeNameApproximateNumberOfMessages,
	types.QueueAttributeNameApproximateNumberOfMessagesNotVisible,
}

// Measure asks once for each lane. SQS does not tell the age of messages here, only
// in CloudWatch.
func (q *Queue) Measure(ctx context.Context) (map[queue.Lane]queue.Depth, error) {
	ctx, release, err := q.begin(ctx)
	if err != nil {
		return nil, err
	}
	defer release()
	depths := make(map[queue.Lane]queue.Depth, len(q.lanes))
	for name, lane := range q.lanes {
		found, err := q.client.GetQueueAttributes(ctx, &sqs.GetQueueAttributesInput{QueueUrl: aws.String(lane.url), AttributeNames: counted})
		if err != nil {
			return nil, q.translate(ctx, err)
		}
		depth := queue.Depth{Oldest: -1}
		for _, attribute := range counted {
			n, err := strconv.Atoi(found.Attributes[string(attribute)])
			if err != nil {
				return nil, monitor.Errorf(monitor.CodeUnavailable, "SQS at %s does not tell %s: %w", q.target.place, attribute, err)
			}
			depth.Messages += n
		}
		depths[name] = depth
	}
	return depths, nil
}
