// Package webhook tells any server that understands a POST: the alert as a
// CloudEvent, signed as Standard Webhooks has it, or a body of the operator's own
// form.
//
// It must not know when something is told.
package webhook
