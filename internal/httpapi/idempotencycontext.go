package httpapi

import (
	"bytes"
	"encoding/json"
	"io"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humachi"
)

// humaContext has another name than one of its methods.
type humaContext = huma.Context

// repeatedContext is a request whose body was read before, and whose answer is held
// back.
type repeatedContext struct {
	humaContext
	body io.Reader
	// passing lets the answer out as it comes.
	passing bool
	status  int
	answer  bytes.Buffer
}

// Unwrap gives the context of the router.
func (c *repeatedContext) Unwrap() huma.Context { return c.humaContext }

// BodyReader reads the body once more.
func (c *repeatedContext) BodyReader() io.Reader { return c.body }

// SetStatus holds the status back, since it would send the headers.
func (c *repeatedContext) SetStatus(status int) {
	if c.passing {
		c.humaContext.SetStatus(status)
		return
	}
	c.status = status
}

// Status is the status that was set.
func (c *repeatedContext) Status() int {
	if c.passing {
		return c.humaContext.Status()
	}
	return c.status
}

// BodyWriter takes the answer.
func (c *repeatedContext) BodyWriter() io.Writer {
	if c.passing {
		return c.humaContext.BodyWriter()
	}
	return &c.answer
}

// headers are those that belong to the answer itself, as JSON.
func (c *repeatedContext) headers() (string, error) {
	_, w := humachi.Unwrap(c.humaContext)
	headers := map[string]string{}
	for _, name := range []string{"Content-Type", "ETag", "Location", "Link", "Retry-After"} {
		if value := w.Header().Get(name); value != "" {
			headers[name] = value
		}
	}
	text, err := json.Marshal(headers)
	return string(text), err
}

// send lets out what was held back. An error is that of a client who is gone.
func (c *repeatedContext) send() {
	c.humaContext.SetStatus(c.status)
	ignoreGone(c.humaContext.BodyWriter().Write(c.answer.Bytes()))
}
