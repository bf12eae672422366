package main

import (
	"fmt"
	"log/slog"
	"os"

	"github.com/spf13/cobra"

	"github.com/vedettehq/vedette/internal/app"
	"github.com/vedettehq/vedette/internal/config"
	"github.com/vedettehq/vedette/internal/plugins"
	"github.com/vedettehq/vedette/internal/telemetry"
)

// settings are the flags that all commands share.
type settings struct {
	configFile string
	envFile    string
	// server is that of the shell which a command is typed in; empty elsewhere.
	server string
	// noServer is set where a shell does without one.
	noServer bool
}

func newRoot() *cobra.Command { return newRootWith(&settings{}) }

// newRootWith makes all commands with the settings that they begin with.
func newRootWith(s *settings) *cobra.Command {
	root := &cobra.Command{
		Use:   "vedette",
		Short: "Watch the invariants of a business",
		Long: `vedette answers "is the business behaving correctly?": small monitors search for
problems, follow each one until it is solved, and raise alerts by priority.`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.PersistentFlags().StringVar(&s.configFile, "config", s.configFile, "configuration file (default: what CONFIGS_FILE names, or configs.yaml if it is there)")
	root.PersistentFlags().StringVar(&s.envFile, "env-file", s.envFile, "file with further environment variables (default: .env.secrets if it is there)")
	root.AddCommand(
		newRunCommand(s, "run", "Run controller and executor in one process", app.Controller|app.Executor),
		newRunCommand(s, "controller", "Run the controller: decide what is due, serve API and dashboard", app.Controller),
		newRunCommand(s, "executor", "Run an executor: run the monitors that are due", app.Executor),
		newMigrate(s),
		newStatus(s),
		newMonitor(s),
		newAlert(s),
		newIssue(s),
		newExecution(s),
		newEvent(s),
		newToken(s),
		newReceiver(s),
		newNotification(s),
		newSilence(s),
		newConfig(s),
		newPlugin(s),
		newHealthcheck(s),
		newShell(s),
		newVersion(),
	)
	refuseBadUsage(root)
	return root
}

// refuseBadUsage has wrong flags and arguments of all commands end with the exit
// status of wrong usage, and with a pointer to the help.
func refuseBadUsage(command *cobra.Command) {
	hint := func(cmd *cobra.Command, err error) error {
		return usageError{fmt.Errorf("%w (see %s --help)", err, cmd.CommandPath())}
	}
	command.SetFlagErrorFunc(hint)
	if check := command.Args; check != nil {
		command.Args = func(cmd *cobra.Command, args []string) error {
			if err := check(cmd, args); err != nil {
				return hint(cmd, err)
			}
			return nil
		}
	}
	for _, child := range command.Commands() {
		refuseBadUsage(child)
	}
}

// load reads the configuration.
func (s *settings) load() (config.Config, error) {
	return config.Load(config.LoadOptions{Path: s.configFile, EnvFile: s.envFile, Environ: os.Environ()})
}

// logger makes the process's logger, as configured.
func logger(c config.Config) *slog.Logger {
	return telemetry.NewLogger(os.Stderr, telemetry.LogConfig{
		Mode:   telemetry.LogMode(c.Logging.Mode),
		Level:  c.Logging.Slog(),
		Colour: telemetry.WantsColour(os.Stderr, os.LookupEnv),
	})
}

// compiledIn are the plugins of this binary.
func compiledIn() app.Plugins {
	return app.Plugins{Stores: plugins.Stores(), Databases: plugins.Databases(), Queues: plugins.Queues(), Targets: plugins.Targets()}
}
