package email

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net"
	"net/mail"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/notify"
)

// encryption is how a connection is kept from others.
type encryption string

const (
	// startTLS begins in the clear and goes no further without TLS.
	startTLS encryption = "starttls"
	implicit encryption = "implicit"
	none     encryption = "none"
)

// implicitPort is the one port on which TLS is there from the beginning.
const implicitPort = 465

// settings are what the configuration says.
type settings struct {
	Server   string     `json:"server"`
	Username string     `json:"username"`
	Password string     `json:"password"`
	TLS      encryption `json:"tls"`
	From     string     `json:"from"`
	To       []string   `json:"to"`
	ReplyTo  string     `json:"reply_to"`
	Mention  []string   `json:"mention"`
}

// route is where mails go, and how.
type route struct {
	host, address string
	tls           encryption
	username      string
	password      monitor.Secret
	from, replyTo *mail.Address
	to            []*mail.Address
	// mention are those who are called besides; empty: nobody.
	mention            []*mail.Address
	allowsPlainSecrets bool
}

func parse(s notify.Settings) (*route, error) {
	var given settings
	if err := s.Decode(&given); err != nil {
		return nil, err
	}
	r := &route{username: given.Username, password: monitor.NewSecret(given.Password)}
	for _, step := range []func(notify.Settings, *settings) error{r.setServer, r.setCredentials, r.setAddresses} {
		if err := step(s, &given); err != nil {
			return nil, err
		}
	}
	return r, nil
}

func (r *route) setServer(s notify.Settings, given *settings) error {
	host, text, err := net.SplitHostPort(given.Server)
	port, wrong := strconv.ParseUint(text, 10, 16)
	if err != nil || wrong != nil || host == "" || port == 0 {
		return s.Errorf("server", "it has to look like mail.example.com:587")
	}
	r.host, r.address = host, given.Server
	r.tls = given.TLS
	if r.tls == "" {
		r.tls = startTLS
		if port == implicitPort {
			r.tls = implicit
		}
	}
	if !slices.Contains([]encryption{startTLS, implicit, none}, r.tls) {
		return s.Errorf("tls", "it has to be starttls (port 587), implicit (port 465) or none, not %q", r.tls)
	}
	return nil
}

// setCredentials lets none of them travel where others can read along.
func (r *route) setCredentials(s notify.Settings, given *settings) error {
	switch {
	case given.Username == "" && given.Password != "":
		return s.Errorf("username", "a password needs one")
	case given.Username != "" && given.Password == "":
		return s.Errorf("password", "a username needs one; without both, nobody signs in")
	}
	r.allowsPlainSecrets = isLoopback(r.host)
	if r.tls == none && given.Username != "" && !r.allowsPlainSecrets {
		return s.Errorf("tls", "it cannot be none with a password, which would be sent in the clear")
	}
	return nil
}

func (r *route) setAddresses(s notify.Settings, given *settings) (err error) {
	if r.from, err = mail.ParseAddress(given.From); err != nil {
		return s.Errorf("from", `it has to look like vedette@example.com or "Vedette <vedette@example.com>"`)
	}
	if given.ReplyTo != "" {
		if r.replyTo, err = mail.ParseAddress(given.ReplyTo); err != nil {
			return s.Errorf("reply_to", "it has to look like payments@example.com")
		}
	}
	if len(given.To) == 0 {
		return s.Errorf("to", "it has to be a list such as [payments@example.com]")
	}
	if r.to, err = addresses(s, "to", given.To); err != nil {
		return err
	}
	r.mention, err = addresses(s, "mention", given.Mention)
	return err
}

func addresses(s notify.Settings, key string, given []string) ([]*mail.Address, error) {
	var read []*mail.Address
	for _, text := range given {
		address, err := mail.ParseAddress(text)
		if err != nil {
			return nil, s.Errorf(key, "%q has to look like payments@example.com", text)
		}
		read = append(read, address)
	}
	return read, nil
}

// key names the recipients: whoever they are reached through, they have the thread.
func (r *route) key() string {
	var all []string
	for _, address := range r.to {
		all = append(all, strings.ToLower(address.Address))
	}
	slices.Sort(all)
	all = slices.Compact(all)
	key := "email:" + all[0]
	if len(all) > 1 {
		sum := sha256.Sum256([]byte(strings.Join(all, "\n")))
		key += fmt.Sprintf("+%d/%s", len(all)-1, hex.EncodeToString(sum[:4]))
	}
	return key
}

// domain is what the ids of mails end with. Not all that may stand in an address
// may stand there.
func (r *route) domain() string {
	_, domain, _ := strings.Cut(r.from.Address, "@")
	for _, c := range domain {
		if c > unicode.MaxASCII || !unicode.IsLetter(c) && !unicode.IsDigit(c) && c != '.' && c != '-' {
			return "vedette.invalid"
		}
	}
	return domain
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip.IsLoopback()
}
