package monitor

import (
	"net/url"
	"time"
)

// Request is an HTTP call that monitor code wants made.
type Request struct {
	// Method is in capitals: GET.
	Method string
	// URL is absolute, with its query.
	URL string
	// Headers are sent besides those that every call has.
	Headers map[string]string
	// Body is sent as it is; empty: none.
	Body string
	// Auth names a credential of the configuration; empty: none.
	Auth string
	// Timeout bounds the whole call; 0: the configured default.
	Timeout time.Duration
	// AllowStatus are statuses of 400 or more that are no failure.
	AllowStatus []int
}

// Where is the URL as people are shown it: without the parts that may be long or
// secret, which are its user and its query. It is empty if the URL cannot be read.
func (r *Request) Where() string {
	u, err := url.Parse(r.URL)
	if err != nil {
		return ""
	}
	shown := url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}
	return shown.String()
}

// Response is what a server answered to a [Request].
type Response struct {
	Status int
	// Headers are by lower-case name; several of one name are joined by ", ".
	Headers map[string]string
	// Body may be no text.
	Body string
}
