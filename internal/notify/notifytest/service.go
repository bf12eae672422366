package notifytest

// Service is a stand-in for the service of a target. It refuses what the real one
// refuses: what is too long, malformed, or without the right credentials.
type Service interface {
	// Messages lists what people see there, oldest first.
	Messages() []Message
	// Remove takes away the message of a nonce, as somebody there may; false if
	// nobody can in that service.
	Remove(nonce string) bool
	// Fail has the next requests that change something end like this, one after the
	// other.
	Fail(failures ...Failure)
}

// Message is what people see of a notification.
type Message struct {
	Nonce string
	// Text is all that is to be read, as people read it: without escapes.
	Text string
	// Closed tells whether it can be seen that the alert has ended.
	Closed bool
	// Replies are what was added to it, each in the form of Text.
	Replies []string
}

// Failure is how a request ends.
type Failure int

// The failures.
const (
	// Break fails for no reason that the request has: 500.
	Break Failure = iota + 1
	// Throttle asks to come back after [PauseSeconds]: 429.
	Throttle
	// Refuse does not know the credentials: 401 or 403.
	Refuse
	// LoseAnswer does what was asked for and then cuts the connection.
	LoseAnswer
)

// PauseSeconds is what a throttling stand-in asks for.
const PauseSeconds = 7
