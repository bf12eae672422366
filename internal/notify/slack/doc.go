// Package slack tells people of alerts in Slack, and takes what they say and press
// there.
//
// An alert is one message, which is edited in place. The nonce of a message is in
// its metadata, which no reader sees but the history gives back, so that a message
// whose sender did not live to say so is found again (R83).
//
// It must not know when something is told, nor how what people ask for is done.
package slack
