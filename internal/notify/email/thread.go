package email

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/notify"
)

// thread is what has been told of an alert: what a reply needs to stand below it.
type thread struct {
	// Root and Last are the ids of the first and of the last mail.
	Root string `json:"root"`
	Last string `json:"last"`
	Sent int    `json:"sent"`
	// Subject stays as it was: many programs take mails with another for another
	// thread.
	Subject      string           `json:"subject"`
	Priority     monitor.Priority `json:"priority"`
	Acknowledged bool             `json:"acknowledged"`
}

// begin is a thread's first mail. Sent again it has the same id, by which most
// mailboxes show it once.
func begin(nonce, domain string, l *letter) thread {
	id := nonce + "@" + domain
	return thread{
		Root: id, Last: id, Sent: 1,
		Subject:  fmt.Sprintf("[vedette] %s (alert %d)", l.Title, l.AlertID),
		Priority: l.Priority, Acknowledged: l.Acknowledged,
	}
}

// next is the thread with one more mail. Its id is the same if it is tried again,
// and another if it says something else.
func (t *thread) next(r notify.Rendering, l *letter) thread {
	nonce, domain, _ := strings.Cut(t.Root, "@")
	sum := sha256.Sum256([]byte(r))
	after := *t
	after.Sent++
	after.Last = fmt.Sprintf("%s.%d.%s@%s", nonce, after.Sent, hex.EncodeToString(sum[:6]), domain)
	after.Priority, after.Acknowledged = l.Priority, l.Acknowledged
	return after
}

// change says what is other than it was told last.
func (t *thread) change(l *letter) string {
	switch {
	case l.Closed != "":
		return ""
	case l.Priority < t.Priority:
		return fmt.Sprintf("The priority has risen from %s to %s.", t.Priority, l.Priority)
	case l.Priority > t.Priority:
		return fmt.Sprintf("The priority has fallen from %s to %s.", t.Priority, l.Priority)
	case l.Acknowledged && !t.Acknowledged:
		return "The alert is acknowledged: somebody looks after it."
	case t.Acknowledged && !l.Acknowledged:
		return "The alert is not acknowledged any more: it needs somebody."
	default:
		return "The alert has changed."
	}
}

func (t *thread) ref() (notify.Ref, error) {
	text, err := json.Marshal(t)
	return notify.Ref(text), err
}

// threadAt reads what was noted. Without it nothing can be told below the first
// mail, so there has to be a new one.
func threadAt(ref notify.Ref) (thread, error) {
	var t thread
	if err := json.Unmarshal([]byte(ref), &t); err != nil || t.Root == "" {
		return t, notify.Errorf(notify.Gone, "where the thread begins is not known any more")
	}
	return t, nil
}
