// Package slacktest is a stand-in for Slack: its Web API, as far as it is used here,
// and Socket Mode. It refuses what Slack refuses: a wrong token, a channel without the
// bot, missing scopes, blocks that are too long, more than one message a second if
// that is asked for.
//
// It must not know what the messages are about.
package slacktest
