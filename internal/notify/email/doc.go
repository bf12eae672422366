// Package email tells people of alerts by mail, over SMTP: one thread for each
// alert, with a mail when it begins, when it changes in what matters, and when it
// ends.
//
// It must not know when something is told.
package email
