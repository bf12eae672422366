package webhook

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"github.com/vedettehq/vedette/internal/notify"
)

// place is where a notification stands: how often it has changed. A ref is that as
// text: the nonce, and behind a slash the number unless it is 0.
type place struct {
	nonce   string
	changes int
}

func placeAt(ref notify.Ref) place {
	nonce, number, _ := strings.Cut(string(ref), "/")
	// One that is no number counts as none: then an id may come again, and no more.
	changes, _ := strconv.Atoi(number)
	return place{nonce, changes}
}

func (p place) next() place { return place{p.nonce, p.changes + 1} }

func (p place) ref() notify.Ref { return notify.Ref(fmt.Sprintf("%s/%d", p.nonce, p.changes)) }

// messageID identifies a message: the same if it is tried again, and another one if
// the same is to be shown again after something else was.
func (p place) messageID(kind string, r notify.Rendering) string {
	sum := sha256.Sum256([]byte(r))
	return fmt.Sprintf("%s.%s.%d.%s", p.nonce, kind, p.changes, hex.EncodeToString(sum[:6]))
}
