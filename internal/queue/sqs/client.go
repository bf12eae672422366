package sqs

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/smithy-go/logging"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/queue"
)

// target says in errors what we talk to, and as whom.
type target struct{ place, account string }

// answerTimeout is the longest that an answer may take to begin: a long poll, and
// some more. A server that is gone without a word is noticed by it.
const answerTimeout = maxWait + 10*time.Second

// newClient takes region and credentials as configured, or else from where AWS's
// tools take them: its own variables, profiles, and the machine's role. release
// closes its connections.
func newClient(ctx context.Context, settings queue.SQS, logger *slog.Logger) (_ *sqs.Client, _ target, release func(), err error) {
	// It comes back with the certificates that AWS_CA_BUNDLE names.
	buildable := awshttp.NewBuildableClient()
	options := []func(*config.LoadOptions) error{config.WithHTTPClient(buildable), config.WithLogger(logTo(ctx, logger))}
	if settings.Region != "" {
		options = append(options, config.WithRegion(settings.Region))
	}
	account := "the credentials of this machine"
	if settings.AccessKeyID.IsSet() {
		account = "the credentials in AWS_APPLICATION_ACCESS_KEY_ID and AWS_APPLICATION_SECRET_ACCESS_KEY"
		options = append(options, config.WithCredentialsProvider(credentials.NewStaticCredentialsProvider(
			settings.AccessKeyID.Reveal(), settings.SecretAccessKey.Reveal(), settings.SessionToken.Reveal())))
	}
	loaded, err := config.LoadDefaultConfig(ctx, options...)
	if err != nil {
		return nil, target{}, nil, fmt.Errorf("read the settings of AWS: %w", err)
	}
	if loaded.Region == "" {
		return nil, target{}, nil, monitor.Errorf(monitor.CodeInvalid, "the queue \"sqs\" needs a region: set AWS_APPLICATION_REGION")
	}
	t := target{place: "region " + loaded.Region, account: account}
	if settings.Endpoint != "" {
		t.place = settings.Endpoint
	}
	if adapted, ok := loaded.HTTPClient.(*awshttp.BuildableClient); ok {
		buildable = adapted
	}
	transport := buildable.GetTransport()
	// As many connections are kept as may be in use at a time.
	transport.MaxIdleConnsPerHost = 2 * maxSending
	transport.ResponseHeaderTimeout = answerTimeout
	client := sqs.NewFromConfig(loaded, func(o *sqs.Options) {
		o.HTTPClient = &http.Client{Transport: transport}
		if settings.Endpoint != "" {
			// Beats the host of queues' URLs, which other servers often get wrong.
			o.BaseEndpoint = aws.String(settings.Endpoint)
		}
	})
	return client, t, transport.CloseIdleConnections, nil
}

// logTo has the SDK log where everybody does, rather than to standard error. What
// it says is of use only to who looks for the cause of an error.
func logTo(ctx context.Context, logger *slog.Logger) logging.Logger {
	ctx = context.WithoutCancel(ctx)
	return logging.LoggerFunc(func(class logging.Classification, format string, args ...any) {
		logger.DebugContext(ctx, "message of the SDK", slog.String("class", string(class)), slog.String("text", fmt.Sprintf(format, args...)))
	})
}
