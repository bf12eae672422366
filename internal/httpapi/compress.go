package httpapi

import (
	"compress/gzip"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humachi"
)

// compressFrom is the size from which an answer is compressed: below it, it would
// fit into the same packet all the same.
const compressFrom = 1 << 10

// compressors are idle ones: each has tables of a megabyte.
var compressors = sync.Pool{New: func() any {
	// Lists become a twentieth in a third of the time that the default takes.
	writer, err := gzip.NewWriterLevel(nil, gzip.BestSpeed)
	if err != nil {
		panic(err) // the level is one there is
	}
	return writer
}}

// compressed compresses answers in JSON for those who understand it. Streams and
// what is compressed already pass through.
func compressed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c := &compressing{ResponseWriter: w, accepted: acceptsGzip(r.Header.Get("Accept-Encoding"))}
		next.ServeHTTP(c, r)
		// Not after a panic: then nothing of what was kept back goes out.
		c.finish()
	})
}

// secretive leaves answers that hold a secret as they are: what is sent along with
// it, and how short the two become together, would tell of it (BREACH).
func secretive(ctx huma.Context, next func(huma.Context)) {
	if how, ok := ctx.Operation().Metadata[metadataRepeating].(repeating); ok && how == neverRepeated {
		_, w := humachi.Unwrap(ctx)
		if c, ok := w.(*compressing); ok {
			c.accepted = false
		}
	}
	next(ctx)
}

// acceptsGzip tells whether an Accept-Encoding lets an answer be compressed.
func acceptsGzip(header string) bool {
	accepts := false
	for part := range strings.SplitSeq(header, ",") {
		coding, parameter, _ := strings.Cut(part, ";")
		coding = strings.ToLower(strings.TrimSpace(coding))
		if coding != "gzip" && coding != "*" {
			continue
		}
		weight, hasWeight := strings.CutPrefix(strings.ReplaceAll(parameter, " ", ""), "q=")
		value, err := strconv.ParseFloat(weight, 64)
		wanted := !hasWeight || err == nil && value > 0
		if coding == "gzip" {
			return wanted
		}
		accepts = wanted
	}
	return accepts
}

// compressing keeps the beginning of an answer until it is known whether it is
// worth compressing.
type compressing struct {
	http.ResponseWriter
	accepted bool
	// status is kept back with the beginning; 0: none yet.
	status    int
	beginning []byte
	// begun is that the headers are out, with gzip not nil if what follows is compressed.
	begun bool
	gzip  *gzip.Writer
}

// Unwrap is for http.ResponseController.
func (c *compressing) Unwrap() http.ResponseWriter { return c.ResponseWriter }

// WriteHeader keeps the status until the answer begins.
func (c *compressing) WriteHeader(status int) {
	if c.begun || status < http.StatusOK {
		c.ResponseWriter.WriteHeader(status)
		return
	}
	c.status = status
}

// Write keeps the text until there is enough of it.
func (c *compressing) Write(text []byte) (int, error) {
	if !c.begun && c.compressible() && len(c.beginning)+len(text) < compressFrom {
		c.beginning = append(c.beginning, text...)
		return len(text), nil
	}
	if err := c.begin(true); err != nil {
		return 0, err
	}
	if c.gzip != nil {
		return c.gzip.Write(text)
	}
	return c.ResponseWriter.Write(text)
}

// FlushError sends what there is so far.
func (c *compressing) FlushError() error {
	if err := c.begin(false); err != nil {
		return err
	}
	if c.gzip != nil {
		if err := c.gzip.Flush(); err != nil {
			return err
		}
	}
	return http.NewResponseController(c.ResponseWriter).Flush()
}

// writeReady writes a whole answer that may have been compressed already.
func (c *compressing) writeReady(r *ready) error {
	text := r.text
	if !c.begun && c.compressible() && len(text) >= compressFrom {
		var err error
		if text, err = r.zipped(); err != nil {
			return err
		}
		c.say()
	}
	if c.gzip == nil && len(c.beginning) == 0 {
		c.Header().Set("Content-Length", strconv.Itoa(len(text)))
	}
	if err := c.begin(false); err != nil {
		return err
	}
	_, err := c.ResponseWriter.Write(text)
	return err
}

// compressible tells whether the answer may be compressed.
func (c *compressing) compressible() bool {
	return c.accepted && c.isJSON() && c.Header().Get("Content-Encoding") == ""
}

func (c *compressing) isJSON() bool {
	kind, _, _ := strings.Cut(c.Header().Get("Content-Type"), ";")
	return kind == "application/json" || kind == "application/problem+json"
}

// say has the headers say that the answer is compressed.
func (c *compressing) say() {
	c.Header().Set("Content-Encoding", "gzip")
	c.Header().Del("Content-Length")
}

// begin sends the headers, and what was kept back.
func (c *compressing) begin(worth bool) error {
	if c.begun {
		return nil
	}
	c.begun = true
	if c.isJSON() {
		// Also of what is not compressed: for somebody else it would be.
		c.Header().Set("Vary", "Accept-Encoding")
	}
	if worth && c.compressible() {
		c.say()
		c.gzip = compressors.Get().(*gzip.Writer)
		c.gzip.Reset(c.ResponseWriter)
	}
	if c.status != 0 {
		c.ResponseWriter.WriteHeader(c.status)
	}
	if len(c.beginning) == 0 {
		return nil
	}
	beginning := c.beginning
	c.beginning = nil
	_, err := c.Write(beginning)
	return err
}

// finish sends what is left of an answer. Who asked may be gone.
func (c *compressing) finish() {
	ignoreGone(0, c.begin(false))
	if c.gzip == nil {
		return
	}
	ignoreGone(0, c.gzip.Close())
	c.gzip.Reset(nil)
	compressors.Put(c.gzip)
}
