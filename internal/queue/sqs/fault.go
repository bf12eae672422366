package sqs

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sqs/types"
	"github.com/aws/smithy-go"

	"github.com/vedettehq/vedette/internal/monitor"
)

// refusals are AWS's codes that say that it does not accept who we are, or what
// we may do. SQS itself has one, the others come from the gate before it.
var refusals = map[string]bool{
	"InvalidClientTokenId": true, "InvalidAccessKeyId": true, "SignatureDoesNotMatch": true, "UnrecognizedClientException": true,
	"IncompleteSignature": true, "MissingAuthenticationToken": true, "ExpiredToken": true, "ExpiredTokenException": true,
	"AuthFailure": true, "InvalidSecurity": true, "AccessDenied": true, "AccessDeniedException": true,
	"OptInRequired": true, "RequestExpired": true,
}

// translate gives errors their code, and words that say what to do: the SDK's
// name the operation, the status and the request before what matters.
func (q *Queue) translate(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if _, missing := errors.AsType[*types.QueueDoesNotExist](err); missing {
		return monitor.Errorf(monitor.CodeUnavailable, "the queue does not exist at %s: %w", q.target.place, err)
	}
	if answer, ok := errors.AsType[smithy.APIError](err); ok {
		if refusals[answer.ErrorCode()] {
			return monitor.Errorf(monitor.CodeInvalid, "AWS refuses %s at %s: %s (%s)", q.target.account, q.target.place, answer.ErrorMessage(), answer.ErrorCode())
		}
		return monitor.Errorf(monitor.CodeUnavailable, "SQS at %s answers: %s (%s)", q.target.place, answer.ErrorMessage(), answer.ErrorCode())
	}
	if strings.Contains(err.Error(), "get identity") {
		return monitor.Errorf(monitor.CodeInvalid, "there are no credentials for SQS: set AWS_APPLICATION_ACCESS_KEY_ID and AWS_APPLICATION_SECRET_ACCESS_KEY, or give this machine a role")
	}
	return monitor.Errorf(monitor.CodeUnavailable, "SQS at %s cannot be reached: %w", q.target.place, root(err))
}

// root is the innermost error: what happened on the network.
func root(err error) error {
	for inner := errors.Unwrap(err); inner != nil; inner = errors.Unwrap(err) {
		err = inner
	}
	return err
}

// refusal is why one message of a batch failed.
func refusal(entry types.BatchResultErrorEntry) error {
	return fmt.Errorf("%s (%s)", aws.ToString(entry.Message), aws.ToString(entry.Code))
}
