package dashboard

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"
)

// file is one that is served, ready for every browser that asks.
type file struct {
	plain []byte
	// zipped compresses it when it is first asked for: all of them would take a
	// process that starts longer than most of what else it does by then.
	zipped     func() ([]byte, error)
	etag, kind string
	// lasting tells that its name changes with its content.
	lasting bool
}

// index is the page itself.
const index = "index.html"

// load reads all files, which come with the binary.
func load(from fs.FS) (map[string]file, error) {
	files := map[string]file{}
	err := fs.WalkDir(from, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		plain, err := fs.ReadFile(from, name)
		if err != nil {
			return err
		}
		files["/"+name], err = prepare(name, plain)
		return err
	})
	if err != nil {
		return nil, err
	}
	files["/"], err = prepare(index, preloading(files["/"+index].plain, files[script]))
	return files, err
}

func prepare(name string, plain []byte) (file, error) {
	hash := sha256.Sum256(plain)
	kind := mime.TypeByExtension(path.Ext(name))
	if kind == "" {
		return file{}, fmt.Errorf("%s: its ending says nothing about its type", name)
	}
	return file{
		plain: plain, zipped: sync.OnceValues(func() ([]byte, error) { return compress(plain) }), kind: kind,
		etag: hex.EncodeToString(hash[:8]),
		// The bundler puts a hash into the names of the parts that are loaded later.
		lasting: strings.Contains(path.Base(name), "-"),
	}, nil
}

func compress(plain []byte) ([]byte, error) {
	var zipped bytes.Buffer
	writer, err := gzip.NewWriterLevel(&zipped, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := writer.Write(plain); err != nil {
		return nil, err
	}
	if err := writer.Close(); err != nil {
		return nil, err
	}
	return zipped.Bytes(), nil
}

// serve answers with the file, compressed for who understands it, or says that
// they have it already.
func (f file) serve(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("Content-Type", f.kind)
	header.Set("Vary", "Accept-Encoding")
	header.Set("Cache-Control", "no-cache")
	if f.lasting {
		header.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	content, etag := f.plain, `"`+f.etag+`"`
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		zipped, err := f.zipped()
		if err != nil {
			http.Error(w, "the file cannot be compressed", http.StatusInternalServerError)
			return
		}
		if len(zipped) < len(f.plain) {
			header.Set("Content-Encoding", "gzip")
			content, etag = zipped, `"`+f.etag+`-gzip"`
		}
	}
	header.Set("ETag", etag)
	// Without a range: http.ServeContent takes none of what is encoded.
	r.Header.Del("Range")
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content))
}
