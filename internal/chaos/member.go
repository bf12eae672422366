package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/vedettehq/vedette/internal/e2e/process"
)

// member is a place where a process of the platform runs, and again after its end.
type member struct {
	name, role string
	config     process.Config
	// instance is the process that runs there, or ran last.
	instance *process.Process
	// starts counts the processes that there have been, and before is what those
	// wrote that have ended.
	starts int
	before strings.Builder
}

// addMember prepares a place for a process.
func (i *installation) addMember(ctx context.Context, role string) error {
	dir, err := i.lab.folder()
	if err != nil {
		return err
	}
	address, err := process.FreeAddress(ctx)
	if err != nil {
		return err
	}
	m := &member{name: fmt.Sprintf("%s %d", role, len(i.members)+1), role: role, config: process.Config{
		Binary: i.lab.binary, Args: []string{role}, Dir: dir, Address: address,
		Env: append([]string{"DATABASE_APPLICATION=" + i.database, "DATABASE_SOURCE=" + i.source.address}, i.queueEnvironment()...),
	}}
	if i.rolling {
		earlier, err := i.lab.before(ctx)
		if err != nil {
			return err
		}
		m.config.Binary = earlier.binary
	}
	i.members = append(i.members, m)
	return os.WriteFile(filepath.Join(dir, "configs.yaml"), []byte(i.configuration(address)), 0o600)
}

// configuration has nothing that an older binary does not know.
func (i *installation) configuration(address string) string {
	return fmt.Sprintf(`
http_server: {address: %q}
monitors: {path: %q}
controller: {tick: 200ms, procedures: {executions_lost: {schedule: "* * * * * *"}}}
executor: {heartbeat: %s, concurrency: 20}
application_queue: %s
databases: {pools: {source: {max_size: 20}}}
logging: {mode: json}
`, address, filepath.Join(i.dir, "monitors"), i.pace.heartbeat, i.queueSettings())
}

func (i *installation) queueSettings() string {
	if i.queue != "sqs" {
		return fmt.Sprintf("{type: %s}", i.queue)
	}
	return fmt.Sprintf("{type: sqs, sqs: {executions: %s, deliveries: %s, create_queue: true}}", i.sqs.executions, i.sqs.deliveries)
}

func (i *installation) queueEnvironment() []string {
	if i.queue != "sqs" {
		return nil
	}
	return []string{
		"AWS_ENDPOINT_URL=" + i.sqs.url, "AWS_APPLICATION_REGION=" + region,
		"AWS_APPLICATION_ACCESS_KEY_ID=any", "AWS_APPLICATION_SECRET_ACCESS_KEY=any",
	}
}

// start starts a process. It does not wait until it is ready.
func (m *member) start() (err error) {
	m.keep()
	m.starts++
	m.instance, err = process.Start(m.config)
	return err
}

// keep keeps what the process wrote that ran last.
func (m *member) keep() {
	if m.instance != nil {
		m.before.WriteString(m.instance.Log())
	}
}

// log is what all processes wrote that ran there.
func (m *member) log() string {
	if m.instance == nil {
		return ""
	}
	return m.before.String() + m.instance.Log()
}

// readyLimit is how long a process may take to be ready, or to stop.
const readyLimit = time.Minute

func (m *member) ready(ctx context.Context) error {
	ctx, cancel := context.WithTimeoutCause(ctx, readyLimit, errors.New("it was not ready within "+readyLimit.String()))
	defer cancel()
	return m.instance.Ready(ctx)
}

// stop stops the process in order.
func (m *member) stop(ctx context.Context) error {
	ctx, cancel := context.WithTimeoutCause(ctx, readyLimit, errors.New("it did not stop within "+readyLimit.String()))
	defer cancel()
	return m.instance.Stop(ctx)
}

func (m *member) kill() error {
	if m.instance == nil {
		return nil
	}
	return m.instance.Kill()
}

// migrate has a binary bring the schema up to date, in the same place.
func (m *member) migrate(ctx context.Context, binary string) error {
	config := m.config
	config.Binary, config.Args = binary, []string{"migrate", "up"}
	p, err := process.Start(config)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeoutCause(ctx, readyLimit, errors.New("it did not end within "+readyLimit.String()))
	defer cancel()
	status, err := p.Wait(ctx)
	if err != nil {
		return errors.Join(err, p.Kill())
	}
	if status != 0 {
		return fmt.Errorf("vedette migrate up ended with status %d: %s", status, p.Log())
	}
	return nil
}
