package config

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"regexp"
	"strconv"
	"time"

	"github.com/vedettehq/vedette/internal/egress"
	"github.com/vedettehq/vedette/internal/monitor"
)

var pluginName = regexp.MustCompile(`^[a-z0-9_]+(\.[a-z0-9_]+)?$`)

// check tests a text in the way that a check tag names.
func check(name, text string) error {
	switch {
	case name == "not_empty":
		if text == "" {
			return errors.New("must not be empty")
		}
		return nil
	case name == "optional_address" && text == "":
		return nil
	case name == "address", name == "optional_address":
		return checkAddress(text)
	case name == "optional_url" && text == "":
		return nil
	case name == "optional_url":
		return checkURL(text)
	case name == "plugin":
		if !pluginName.MatchString(text) {
			return fmt.Errorf("%q is no name of a plugin: write it as sqs or queue.sqs", text)
		}
		return nil
	case name == "host_pattern":
		_, err := egress.ParsePattern(text)
		return err
	case name == "auth_host":
		return checkAuthHost(text)
	case name == "cron":
		return checkCron(text)
	default:
		panic("config: no check named " + name)
	}
}

func checkAddress(text string) error {
	_, port, err := net.SplitHostPort(text)
	if err != nil {
		return fmt.Errorf("%q is no address: write it as 127.0.0.1:8000", text)
	}
	if _, err := strconv.ParseUint(port, 10, 16); err != nil {
		return fmt.Errorf("%q is no port: a number from 0 to 65535", port)
	}
	return nil
}

// checkAuthHost takes patterns but the one of all hosts: that is what they prevent.
func checkAuthHost(text string) error {
	pattern, err := egress.ParsePattern(text)
	if err == nil && pattern.IsAny() {
		return errors.New(`"*" cannot be among them: name the hosts that the credential is for`)
	}
	return err
}

// checkCron does without the configured zone, which may stand further down in
// the file: which expressions are right does not depend on it.
func checkCron(text string) error {
	_, err := monitor.ParseCron(text, time.UTC)
	return err
}

func checkURL(text string) error {
	address, err := url.Parse(text)
	if err != nil || address.Host == "" || (address.Scheme != "http" && address.Scheme != "https") || address.RawQuery+address.Fragment != "" {
		return fmt.Errorf("%q is no address of a page: write it as https://vedette.example.com", text)
	}
	return nil
}
