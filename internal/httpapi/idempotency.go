package httpapi

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"regexp"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
	"github.com/vedettehq/vedette/internal/telemetry"
)

const (
	// idempotencyHeader names a request, so that it can be sent again without being
	// done twice.
	idempotencyHeader = "Idempotency-Key"
	// replayedHeader says that an answer was given before.
	replayedHeader = "Idempotency-Replayed"
	// keepAnswers is how long an answer is kept.
	keepAnswers = 24 * time.Hour
	// answerWithin is after how long a request without an answer is taken to be lost
	// with its process. No request takes as long.
	answerWithin = 10 * time.Minute
	// cleanAnswers is how often old answers are removed, and how many at a time.
	cleanAnswers      = time.Hour
	cleanAnswersBatch = 1000
)

// idempotencyKey is what clients may call their requests.
var idempotencyKey = regexp.MustCompile(`^[!-~]{1,255}$`)

// repeating is what becomes of an operation's requests that carry an
// Idempotency-Key.
type repeating int

const (
	// answeredAgain gets what was answered to the first.
	answeredAgain repeating = iota
	// doneAgain is what may as well be done again: it changes nothing.
	doneAgain
	// neverRepeated is refused: the answer holds a secret, which is not to be kept.
	neverRepeated
)

// metadataRepeating is where an operation keeps its way of repeating.
const metadataRepeating = "repeating"

// keyParameter describes the header.
var keyParameter = &huma.Param{
	Name: idempotencyHeader,
	In:   "header",
	Description: "A name for the request, such as a UUID. The same request with the same key gets the same answer for 24 hours," +
		" without being done again; " + replayedHeader + " says so. Another request with that key is refused.",
	Schema: &huma.Schema{Type: huma.TypeString, Pattern: idempotencyKey.String()},
}

// repeatable answers a request that was sent before with what was answered then.
// It comes after it is known that the sender may do this at all.
func (a *api) repeatable(ctx huma.Context, next func(huma.Context)) {
	key := ctx.Header(idempotencyHeader)
	how, ok := ctx.Operation().Metadata[metadataRepeating].(repeating)
	switch {
	case key == "" || !ok || how == doneAgain:
		next(ctx)
	case !idempotencyKey.MatchString(key):
		a.refuse(ctx, monitor.Errorf(monitor.CodeInvalid, "%s: it has to be 1 to 255 letters, digits and signs of ASCII, without spaces", idempotencyHeader))
	case how == neverRepeated:
		a.refuse(ctx, monitor.Errorf(monitor.CodeInvalid, "%s: it cannot be used here, because the answer holds a secret, which is not kept", idempotencyHeader))
	default:
		a.answerOnce(ctx, key, next)
	}
}

func (a *api) answerOnce(ctx huma.Context, key string, next func(huma.Context)) {
	body, err := io.ReadAll(io.LimitReader(ctx.BodyReader(), ctx.Operation().MaxBodyBytes+1))
	if err != nil || int64(len(body)) > ctx.Operation().MaxBodyBytes {
		// It will be refused for that.
		next(&repeatedContext{humaContext: ctx, body: io.MultiReader(bytes.NewReader(body), ctx.BodyReader()), passing: true})
		return
	}
	now := a.store.Now()
	k := store.Key{Who: caller(ctx.Context()).name, Key: key, Fingerprint: requestPrint(ctx, body), TakenAt: now}
	before, err := a.store.ClaimKey(ctx.Context(), k, now.Add(-answerWithin), now.Add(-keepAnswers))
	switch {
	case err != nil:
		a.refuse(ctx, err)
	case before == nil:
		a.answerFirst(&repeatedContext{humaContext: ctx, body: bytes.NewReader(body)}, k, next)
	case before.Fingerprint != k.Fingerprint:
		a.refuse(ctx, monitor.Errorf(monitor.CodeInvalid, "%s: it was used for another request", idempotencyHeader))
	case before.Answer == nil:
		ctx.SetHeader("Retry-After", retryAfter)
		a.refuse(ctx, monitor.Errorf(monitor.CodeConflict, "the request with this %s is still under way", idempotencyHeader))
	default:
		a.replay(ctx, *before.Answer)
	}
}

// requestPrint is what makes a request another one.
func requestPrint(ctx huma.Context, body []byte) string {
	address := ctx.URL()
	hash := sha256.New()
	for _, part := range []string{ctx.Method(), address.RequestURI(), ctx.Header("If-Match"), string(body)} {
		hash.Write(fmt.Appendf(nil, "%d:%s", len(part), part))
	}
	return hex.EncodeToString(hash.Sum(nil))
}

// answerFirst keeps the answer before it is sent: should the connection break, it
// is the next attempt's. Whoever sent it may be gone meanwhile.
func (a *api) answerFirst(ctx *repeatedContext, k store.Key, next func(huma.Context)) {
	kept := false
	defer func() {
		if !kept {
			a.settleKey(ctx.Context(), func(ctx context.Context) error { return a.store.FreeKey(ctx, k) })
		}
	}()
	next(ctx)
	if isKept(ctx.status) {
		a.settleKey(ctx.Context(), func(keeping context.Context) error {
			headers, err := ctx.headers()
			if err != nil {
				return err
			}
			return a.store.KeepAnswer(keeping, k, store.Answer{Status: ctx.status, Headers: headers, Body: ctx.answer.String()})
		})
		// Without its answer the key stays taken until it is taken to be lost: better
		// than doing again what was done.
		kept = true
	}
	ctx.send()
}

// isKept tells whether an answer is the request's for good. What failed through our
// fault may succeed, and what was not understood was not done: mended, it may use
// the same key.
func isKept(status int) bool {
	switch status {
	case http.StatusBadRequest, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType,
		http.StatusUnprocessableEntity, http.StatusTooManyRequests:
		return false
	default:
		return status < http.StatusInternalServerError
	}
}

// settleKey writes what becomes of a key, whether or not anybody still waits.
func (a *api) settleKey(ctx context.Context, write func(context.Context) error) {
	ctx, cancel := context.WithTimeoutCause(context.WithoutCancel(ctx), requestTimeout, tooLong(requestTimeout))
	defer cancel()
	if err := write(ctx); err != nil {
		a.logger.ErrorContext(ctx, "answer could not be kept for repetitions", slog.Any("error", err), slog.String("request_id", requestOf(ctx).id))
	}
}

// replay gives an answer again.
func (a *api) replay(ctx huma.Context, answer store.Answer) {
	var headers map[string]string
	if err := json.Unmarshal([]byte(answer.Headers), &headers); err != nil {
		a.refuse(ctx, fmt.Errorf("read a kept answer: %w", err))
		return
	}
	for name, value := range headers {
		ctx.SetHeader(name, value)
	}
	ctx.SetHeader(replayedHeader, "true")
	ctx.SetStatus(answer.Status)
	ignoreGone(io.WriteString(ctx.BodyWriter(), answer.Body))
}

// cleanKeys removes what was answered long ago, until ctx ends. Any number of
// processes may do so.
func (a *api) cleanKeys(ctx context.Context) {
	trouble := telemetry.NewTrouble(a.logger, "removing old idempotency keys")
	ticker := time.NewTicker(cleanAnswers)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			trouble.Note(ctx, a.cleanOldKeys(ctx))
		}
	}
}

func (a *api) cleanOldKeys(ctx context.Context) error {
	for {
		removed, err := a.store.CleanKeys(ctx, a.store.Now().Add(-keepAnswers), cleanAnswersBatch)
		if err != nil || removed < cleanAnswersBatch {
			return err
		}
	}
}
