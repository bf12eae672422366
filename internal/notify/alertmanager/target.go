package alertmanager

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/vedettehq/vedette/internal/notify"
)

// settings are what the configuration says.
type settings struct {
	// URLs are those of all members of a cluster.
	URLs     []string          `json:"urls"`
	Username string            `json:"username"`
	Password string            `json:"password"`
	Token    string            `json:"token"`
	Labels   map[string]string `json:"labels"`
	// Refresh is how often it is told again what is still active.
	Refresh string `json:"refresh"`
}

const (
	defaultRefresh = time.Minute
	// An alert that is not told again for so many refreshes counts as solved there.
	missedRefreshes = 5
)

// Target pushes to the members of one Alertmanager.
type Target struct {
	config   notify.Config
	settings settings
	refresh  time.Duration
	key      string
	now      func() time.Time
}

var (
	_ notify.Target     = (*Target)(nil)
	_ notify.Idempotent = (*Target)(nil)
	_ notify.Refresher  = (*Target)(nil)
)

// Driver makes such targets.
func Driver() notify.Driver { return notify.Driver{Open: open} }

func open(config notify.Config) (notify.Target, error) {
	t := &Target{config: config, refresh: defaultRefresh, now: time.Now}
	if err := config.Settings.Decode(&t.settings); err != nil {
		return nil, err
	}
	if len(t.settings.URLs) == 0 {
		return nil, config.Settings.Errorf("urls", "it has to be a list such as [http://alertmanager:9093], with all members of a cluster")
	}
	var hosts []string
	for _, text := range t.settings.URLs {
		address, err := url.Parse(text)
		if err != nil || address.Host == "" || (address.Scheme != "http" && address.Scheme != "https") || address.User != nil {
			return nil, config.Settings.Errorf("urls", "each has to look like http://alertmanager:9093; credentials go into username and password, or token")
		}
		hosts = append(hosts, address.Host)
	}
	if t.settings.Token != "" && t.settings.Username+t.settings.Password != "" {
		return nil, config.Settings.Errorf("token", "it cannot be used together with username and password")
	}
	if err := notify.CheckHeader("Authorization", t.settings.Token); err != nil {
		return nil, config.Settings.Errorf("token", "it has a line end or another control character in it")
	}
	for name := range t.settings.Labels {
		if labelName(name) != name || isOurs(name) {
			return nil, config.Settings.Errorf("labels", "%q cannot be a label: letters, digits and _, and none of those that vedette sets", name)
		}
	}
	if t.settings.Refresh != "" {
		refresh, err := time.ParseDuration(t.settings.Refresh)
		if err != nil || refresh < time.Second {
			return nil, config.Settings.Errorf("refresh", "it has to be a duration of at least 1s, such as 1m")
		}
		t.refresh = refresh
	}
	sum := sha256.Sum256([]byte(strings.Join(t.settings.URLs, " ")))
	t.key = "alertmanager:" + hosts[0] + "/" + hex.EncodeToString(sum[:4])
	return t, nil
}

// Key is the first host with a hash of all addresses.
func (t *Target) Key() string { return t.key }

// RefreshEvery is how often it has to be told again.
func (t *Target) RefreshEvery() time.Duration { return t.refresh }

// Render writes labels and annotations.
func (t *Target) Render(card *notify.Card) (notify.Rendering, error) {
	text, err := json.Marshal(newAlert(card, t.settings.Labels))
	return notify.Rendering(text), err
}

// Create pushes the alert for the first time. If an attempt that nobody knows the end
// of has pushed it with another severity, that one ends by itself: to end whatever it
// may have been would show people the end of alerts that never were.
func (t *Target) Create(ctx context.Context, nonce string, r notify.Rendering) (notify.Ref, error) {
	a, err := readAlert(r)
	if err != nil {
		return "", err
	}
	return t.push(ctx, refTo(nonce, a.Severity), r)
}

// Edit pushes the alert as it is now. As its severity is one of the labels by which
// it is known there, one of another severity is another alert: the old one is
// resolved in the same push.
func (t *Target) Edit(ctx context.Context, ref notify.Ref, r notify.Rendering) (notify.Ref, error) {
	return t.push(ctx, ref, r)
}

// Close has the alert end there.
func (t *Target) Close(ctx context.Context, ref notify.Ref, r notify.Rendering) error {
	_, err := t.push(ctx, ref, r)
	return err
}

// RefOf is the nonce, without the severity that was pushed.
func (t *Target) RefOf(nonce string) notify.Ref { return refTo(nonce, "") }

// refTo says which alerts are a notification's, and under which severity it was pushed
// last; empty: that is not known.
func refTo(nonce, severity string) notify.Ref { return notify.Ref(nonce + "/" + severity) }

// Release ends the connections.
func (t *Target) Release() error {
	t.config.HTTP.CloseIdleConnections()
	return nil
}

// push tells all members. It is enough if one takes it: they tell each other, and
// are told again.
func (t *Target) push(ctx context.Context, ref notify.Ref, r notify.Rendering) (notify.Ref, error) {
	a, err := readAlert(r)
	if err != nil {
		return "", err
	}
	nonce, shown, _ := strings.Cut(string(ref), "/")
	content, err := json.Marshal(a.posted(nonce, shown, t.now(), missedRefreshes*t.refresh))
	if err != nil {
		return "", notify.Errorf(notify.Rejected, "encode the alerts: %w", err)
	}
	var errs []error
	for _, base := range t.settings.URLs {
		if err := t.post(ctx, base, content); err != nil {
			errs = append(errs, err)
		}
	}
	if len(errs) == len(t.settings.URLs) {
		return "", worst(errs)
	}
	for _, err := range errs {
		t.config.Logger.WarnContext(ctx, "a member of the Alertmanager could not be told", slog.String("target", t.key), slog.Any("error", err))
	}
	return refTo(nonce, a.Severity), nil
}

// worst is the first error that says what comes next, with the texts of all.
func worst(errs []error) error {
	if len(errs) == 1 {
		return errs[0]
	}
	for _, err := range errs {
		if kind := notify.KindOf(err); kind != notify.Temporary {
			all := notify.Errorf(kind, "%w", errors.Join(errs...))
			all.RetryAfter = notify.RetryAfter(err)
			return all
		}
	}
	return errors.Join(errs...)
}

func (t *Target) post(ctx context.Context, base string, content []byte) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, strings.TrimSuffix(base, "/")+"/api/v2/alerts", bytes.NewReader(content))
	if err != nil {
		return notify.Errorf(notify.Refused, "the address cannot be used")
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("User-Agent", t.config.Product)
	switch {
	case t.settings.Token != "":
		request.Header.Set("Authorization", "Bearer "+t.settings.Token)
	case t.settings.Username != "":
		request.SetBasicAuth(t.settings.Username, t.settings.Password)
	}
	_, err = notify.Send(t.config.HTTP, request, t.settings.Token, t.settings.Password)
	return err
}
