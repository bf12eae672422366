package httpapi

import (
	"bytes"
	"compress/gzip"
	"io"
	"sync"
)

// ready is an answer as it goes out, which several may get.
type ready struct {
	text []byte
	// zip compresses it for the first who wants it so.
	zip    sync.Once
	gzip   []byte
	failed error
}

// zipped is the answer, compressed.
func (r *ready) zipped() ([]byte, error) {
	r.zip.Do(func() {
		var out bytes.Buffer
		writer := compressors.Get().(*gzip.Writer)
		defer compressors.Put(writer)
		writer.Reset(&out)
		if _, r.failed = writer.Write(r.text); r.failed == nil {
			r.failed = writer.Close()
		}
		r.gzip = out.Bytes()
	})
	return r.gzip, r.failed
}

// writeReady writes it in the form that who asked understands.
func writeReady(w io.Writer, r *ready) error {
	if c, ok := w.(*compressing); ok {
		return c.writeReady(r)
	}
	_, err := w.Write(r.text)
	return err
}
