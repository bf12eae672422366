package slack

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/slack-go/slack"

	"github.com/vedettehq/vedette/internal/notify"
)

// refusal says what an error of Slack means, and what to do about it.
func (t *Target) refusal(err error) error { return refusal(err, "channel "+t.channel) }

// refusal repeats neither the address nor the token, which errors of the library may.
func refusal(err error, where string) error {
	if err == nil {
		return nil
	}
	if answer, ok := errors.AsType[slack.SlackErrorResponse](err); ok {
		return answered(&answer, where)
	}
	if limited, ok := errors.AsType[*slack.RateLimitedError](err); ok {
		throttled := notify.Errorf(notify.Throttled, "Slack asks to wait for %s", limited.RetryAfter)
		throttled.RetryAfter = limited.RetryAfter
		return throttled
	}
	if status, ok := errors.AsType[slack.StatusCodeError](err); ok {
		return notify.Errorf(kindOf(status.Code), "Slack answers %s", status.Status)
	}
	if failed, ok := errors.AsType[*url.Error](err); ok {
		return notify.Errorf(notify.Temporary, "no answer from Slack: %w", failed.Err)
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return notify.Errorf(notify.Temporary, "no answer from Slack: %w", err)
	}
	return notify.Errorf(notify.Temporary, "Slack's answer cannot be understood: %w", err)
}

func kindOf(status int) notify.Kind {
	switch {
	case status == http.StatusTooManyRequests:
		return notify.Throttled
	case status >= 500:
		return notify.Temporary
	default:
		return notify.Refused
	}
}

// answered reads the word by which Slack says what is wrong.
func answered(answer *slack.SlackErrorResponse, where string) error {
	code := answer.Err
	switch code {
	case "message_not_found", "thread_not_found", "cant_update_message", "edit_window_closed":
		return notify.Errorf(notify.Gone, "the message in %s cannot be changed any more (%s)", where, code)
	case "ratelimited", "rate_limited":
		return notify.Errorf(notify.Throttled, "Slack asks to wait (%s)", code)
	case "missing_scope":
		return notify.Errorf(notify.Refused, "the Slack app lacks the scope %s: add it under OAuth & Permissions, and install the app again (missing_scope)", answer.Needed)
	}
	if advice, ok := advices[code]; ok {
		return notify.Errorf(notify.Refused, "%s (%s)", fmt.Sprintf(advice, where), code)
	}
	if isOfMessage(code) {
		return notify.Errorf(notify.Rejected, "Slack does not take the message (%s)%s", code, details(answer))
	}
	return notify.Errorf(notify.Temporary, "Slack answers %s%s", code, details(answer))
}

const badToken = tokenName + " is not valid for %s: take the bot's token, xoxb-..., from OAuth & Permissions of the Slack app"

// advices say what a person has to do about an answer.
var advices = map[string]string{
	"invalid_auth":                        badToken,
	"not_authed":                          badToken,
	"account_inactive":                    badToken,
	"token_revoked":                       badToken,
	"token_expired":                       badToken,
	"not_allowed_token_type":              badToken,
	"not_in_channel":                      "the bot is not in %s: invite it there with /invite and its name",
	"channel_not_found":                   "there is no %s, or it is private and the bot is not in it: check the id, and invite the bot with /invite and its name",
	"is_archived":                         "%s is archived: unarchive it, or configure another one",
	"no_permission":                       "the workspace does not let the bot post in %s: ask its administrators",
	"restricted_action":                   "the workspace does not let the bot post in %s: ask its administrators",
	"ekm_access_denied":                   "the workspace does not let the bot post in %s: ask its administrators",
	"access_denied":                       "the workspace does not let the bot post in %s: ask its administrators",
	"team_access_not_granted":             "the app is not installed in the workspace of %s: install it there",
	"restricted_action_read_only_channel": "only some people may post in %s: let the bot, or configure another channel",
	"message_limit_exceeded":              "the workspace has too many messages for its plan, so nothing can be posted in %s",
}

// isOfMessage tells whether it is this one message that Slack does not take.
func isOfMessage(code string) bool {
	switch code {
	case "msg_too_long", "msg_blocks_too_long", "no_text", "too_many_attachments", "metadata_too_large", "block_mismatch":
		return true
	default:
		return strings.HasPrefix(code, "invalid_blocks") || strings.HasPrefix(code, "invalid_attachments") ||
			strings.HasPrefix(code, "invalid_metadata") || strings.HasPrefix(code, "metadata_must_be")
	}
}

// details are what Slack says besides.
func details(answer *slack.SlackErrorResponse) string {
	if len(answer.ResponseMetadata.Messages) == 0 {
		return ""
	}
	return ": " + strings.Join(answer.ResponseMetadata.Messages, "; ")
}
