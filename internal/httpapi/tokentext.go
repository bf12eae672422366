package httpapi

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"net/http"
	"regexp"
	"strings"

	"github.com/vedettehq/vedette/internal/monitor"
)

// tokenPrefix begins every token, so that those who look for leaked secrets find it.
const tokenPrefix = "vdt_"

// ownToken is what a token of ours looks like: the prefix and 256 random bits.
var ownToken = regexp.MustCompile(`^` + tokenPrefix + `[0-9a-f]{64}$`)

// randomText is 256 bits that nobody guesses.
func randomText() string {
	var bits [32]byte
	// It never fails: where there is no randomness the process ends.
	_, _ = rand.Read(bits[:])
	return hex.EncodeToString(bits[:])
}

// hashOf is under what a secret of ours is stored. As it is random, guessing it is
// as hard from a plain hash as from a slow one.
func hashOf(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// bearerOf gives the token that a request carries. Other kinds of credentials are
// for a proxy in front, and say nothing here.
func bearerOf(r *http.Request) (string, bool) {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	return strings.TrimSpace(token), strings.EqualFold(scheme, "Bearer")
}

// isToken compares a text with a token, in a time that does not depend on either:
// not even on its length.
func isToken(token monitor.Secret, text string) bool {
	right, given := sha256.Sum256([]byte(token.Reveal())), sha256.Sum256([]byte(text))
	return token.IsSet() && subtle.ConstantTimeCompare(right[:], given[:]) == 1
}
