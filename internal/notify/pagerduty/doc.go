// Package pagerduty has alerts be incidents of PagerDuty, over its Events API v2:
// triggered, acknowledged and resolved as they are.
//
// It must not know when something is told.
package pagerduty
