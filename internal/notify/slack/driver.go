package slack

import (
	"cmp"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"github.com/slack-go/slack"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/notify"
)

// The variables of the environment with the account.
const (
	tokenName    = "SLACK_TOKEN"
	appTokenName = "SLACK_APP_TOKEN"
)

// settings are what the configuration says.
type settings struct {
	// Channel is the id of a channel.
	Channel string `json:"channel"`
	// Mention names who is called when an alert needs people; empty: nobody.
	Mention string `json:"mention"`
	// Responders are the ids of those who may act from Slack; empty: every member of
	// the workspace. Those of all targets count together: what is told in one channel
	// can be acted on from another.
	Responders []string `json:"responders"`
	// APIURL is where Slack's Web API is; empty: at slack.com.
	APIURL string `json:"api_url"`
}

// Driver makes such targets, and listens to what people say.
func Driver() notify.Driver { return notify.Driver{Open: open, Listen: listen} }

var (
	channelID = regexp.MustCompile(`^[CG][A-Z0-9]{2,}$`)
	userID    = regexp.MustCompile(`^[UW][A-Z0-9]{2,}$`)
)

func open(config notify.Config) (notify.Target, error) {
	s, err := readSettings(config.Settings)
	if err != nil {
		return nil, err
	}
	if !channelID.MatchString(s.Channel) {
		return nil, config.Settings.Errorf("channel",
			"it has to be a channel's id, such as C0123456789, which stays the same when the channel is renamed: it is at the bottom of the channel's details in Slack")
	}
	mention, err := parseMention(s.Mention)
	if err != nil {
		return nil, config.Settings.Errorf("mention", "%w", err)
	}
	token := config.Secret(tokenName)
	if err := checkToken(config.Settings, token); err != nil {
		return nil, err
	}
	return &Target{
		api:     newAPI(token, s.APIURL, config.HTTP, config.Product),
		http:    config.HTTP,
		logger:  config.Logger,
		channel: s.Channel,
		mention: mention,
		// Without anybody who listens, buttons would only disappoint.
		buttons: config.Secret(appTokenName).IsSet(),
	}, nil
}

func readSettings(from notify.Settings) (settings, error) {
	var s settings
	if err := from.Decode(&s); err != nil {
		return s, err
	}
	for _, id := range s.Responders {
		if !userID.MatchString(id) {
			return s, from.Errorf("responders", "%q is no id of a member, such as U0123456789: it is in the menu of the member's profile in Slack", id)
		}
	}
	s.APIURL = strings.TrimSuffix(cmp.Or(s.APIURL, slack.APIURL), "/") + "/"
	if u, err := url.Parse(s.APIURL); err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") {
		return s, from.Errorf("api_url", "it has to look like %s", slack.APIURL)
	}
	return s, nil
}

// checkToken finds the mistakes that are easily made with tokens.
func checkToken(s notify.Settings, token monitor.Secret) error {
	switch {
	case !token.IsSet():
		return s.Errorf("", "%s is not set in the environment: it is the bot's token, xoxb-...", tokenName)
	case strings.HasPrefix(token.Reveal(), "xapp-"):
		return s.Errorf("", "%s holds an app-level token, xapp-..., which belongs in %s: it has to be the bot's, xoxb-...", tokenName, appTokenName)
	default:
		return nil
	}
}

// newAPI makes a client of the Web API.
func newAPI(token monitor.Secret, address string, client doer, product string, options ...slack.Option) *slack.Client {
	return slack.New(token.Reveal(), append([]slack.Option{
		slack.OptionAPIURL(address),
		slack.OptionHTTPClient(named{client, product}),
	}, options...)...)
}

// doer sends requests.
type doer interface {
	Do(*http.Request) (*http.Response, error)
}

// named says who asks.
type named struct {
	doer
	product string
}

// Do sends a request.
func (n named) Do(r *http.Request) (*http.Response, error) {
	if n.product != "" {
		r.Header.Set("User-Agent", n.product)
	}
	return n.doer.Do(r)
}
