// Package notify is the port to where people are told of alerts: chats, pagers,
// mailboxes, other systems.
//
// A notification is a living thing: one message for each alert and target, which
// is created, edited in place and closed, so that it always shows the alert as it
// is (R82). A [Target] renders a [Card] into its service's form and puts it there.
// When that has to be done, and whether it was, is not its concern.
//
// It must not know the store, nor how alerts come about.
package notify
