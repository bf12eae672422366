package webhook

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// signer signs messages as Standard Webhooks has it: whoever gets them can tell
// that they are ours, and not old ones that somebody sends again.
type signer struct {
	keys [][]byte
	// texts are the secrets as they are configured.
	texts []string
}

// secretPrefix begins secrets in their written form.
const secretPrefix = "whsec_"

func newSigner(secrets []string) (signer, error) {
	s := signer{texts: secrets}
	for _, text := range secrets {
		key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(text, secretPrefix))
		if err != nil || len(key) < 16 || !strings.HasPrefix(text, secretPrefix) {
			return s, errors.New("each has to be whsec_ and at least 16 bytes in base64, as `echo whsec_$(openssl rand -base64 24)` makes it")
		}
		s.keys = append(s.keys, key)
	}
	return s, nil
}

// sign adds the headers. With several secrets there are several signatures, so
// that one can be replaced without a message being refused.
func (s signer) sign(header http.Header, id string, at time.Time, content []byte) {
	stamp := strconv.FormatInt(at.Unix(), 10)
	header.Set("Webhook-Id", id)
	header.Set("Webhook-Timestamp", stamp)
	var signatures []string
	for _, key := range s.keys {
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte(id + "." + stamp + "."))
		mac.Write(content)
		signatures = append(signatures, "v1,"+base64.StdEncoding.EncodeToString(mac.Sum(nil)))
	}
	if len(signatures) > 0 {
		header.Set("Webhook-Signature", strings.Join(signatures, " "))
	}
}
