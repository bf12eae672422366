// Package shoutrrr tells people of alerts in the services that the library of that
// name reaches: Teams, Discord, Mattermost, ntfy and more.
//
// It must not know when something is told.
package shoutrrr
