package config

import (
	"log/slog"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
)

// Config is everything that can be configured. Its fields' tags describe the
// keys of the file: yaml is the name; doc the comment; min and max the bounds;
// choices what a text may be; check a further test (see check.go). What has no
// yaml tag comes from the environment.
type Config struct {
	// File is the file that was read; empty if there is none.
	File string
	// Slack is the account with which Slack is spoken to, of the environment.
	Slack Slack
	// Warnings are findings that do not prevent the start.
	Warnings monitor.Diagnostics

	Plugins             []string            `yaml:"plugins" check:"plugin" doc:"Plugins to be used, by name (sqs) or by kind and name (queue.sqs). Without this key: all that are compiled in. A kind that is chosen by addresses, store or database, stays whole unless one of its plugins is named."`
	TimeZone            *time.Location      `yaml:"time_zone" doc:"Time zone in which crons are meant, by its IANA name."`
	Monitors            Monitors            `yaml:"monitors"`
	ApplicationDatabase ApplicationDatabase `yaml:"application_database"`
	ApplicationQueue    ApplicationQueue    `yaml:"application_queue"`
	HTTPServer          HTTPServer          `yaml:"http_server"`
	Controller          Controller          `yaml:"controller"`
	Executor            Executor            `yaml:"executor"`
	MaxIssuesCreation   int                 `yaml:"max_issues_creation" min:"1" doc:"Most issues that one search creates, for monitors that do not say."`
	SaveEvents          string              `yaml:"save_events" choices:"all,monitor,off" doc:"Which events stay in the history: all; those of monitors that say save_events; or none but those that people caused."`
	Databases           Databases           `yaml:"databases"`
	HTTPClient          HTTPClient          `yaml:"http_client"`
	Receivers           map[string]Receiver `yaml:"receivers" doc:"Names under which monitors have people told of alerts, and the plugins behind each: {payments: {slack: {channel: C0123456789}}}."`
	Secrets             Secrets             `yaml:"secrets" doc:"Names of environment variables whose values monitors can read with secret(name), such as [SHOP_API_KEY]. Those of the platform itself cannot be named."`
	Logging             Logging             `yaml:"logging"`

	_ later `yaml:"tracing"`
}

// later marks a key of other versions. It is refused with words that say so,
// which serves somebody who reads about it better than "unknown key".
type later struct{}

// Monitors says where monitors come from and what they may read.
type Monitors struct {
	Path         string                  `yaml:"path" check:"not_empty" doc:"Folder whose subfolders are monitors. It is watched for changes."`
	LoadExamples bool                    `yaml:"load_examples" doc:"Load the example monitors and the sample shop they watch. Without any configuration file this is true."`
	Settings     map[string]monitor.Data `yaml:"settings" doc:"Values that monitors read with setting(name, default). Not for secrets."`

	_ later `yaml:"internal_notifications"`
}

// ApplicationDatabase is where the platform keeps what it knows.
type ApplicationDatabase struct {
	// Address is DATABASE_APPLICATION: sqlite:// or postgres://.
	Address  monitor.Secret
	PoolSize int `yaml:"pool_size" min:"2" max:"1000" doc:"Most connections to the application database."`
}

// ApplicationQueue is how controllers tell executors that there is work.
type ApplicationQueue struct {
	Type string `yaml:"type" choices:"internal,postgres,sqs" doc:"Queue between controllers and executors. internal stays inside the process; postgres is in the application database; sqs is Amazon's."`
	SQS  SQS    `yaml:"sqs"`
	AWS  AWS
}

// SQS says which queues of Amazon SQS are used. They are two, so that neither
// kind of work holds up the other.
type SQS struct {
	Executions  string `yaml:"executions" check:"not_empty" doc:"Name or URL of the standard queue for executions."`
	Deliveries  string `yaml:"deliveries" check:"not_empty" doc:"Name or URL of the standard queue for deliveries of events."`
	CreateQueue bool   `yaml:"create_queue" doc:"Create queues that do not exist, with a dead-letter queue each. For development."`
}

// HTTPServer is the API and the dashboard.
type HTTPServer struct {
	Address         string `yaml:"address" check:"address" doc:"Where the API and the dashboard listen."`
	HealthAddress   string `yaml:"health_address" check:"optional_address" doc:"Second address for /livez, /readyz and /metrics only; empty for none."`
	URL             string `yaml:"url" check:"optional_url" doc:"Where people reach the dashboard, for links in notifications: https://vedette.example.com. Empty: no links."`
	Dashboard       bool   `yaml:"dashboard" doc:"Serve the dashboard."`
	MonitorRegister bool   `yaml:"monitor_register" doc:"Let editors make, change and delete monitors through the API. false: the folder is the only way in, for everybody."`
	Auth            string `yaml:"auth" choices:"token,none" doc:"Who may come in. token: who has one, or as long as there is none, the machine itself; none: everybody who reaches the address, as administrator."`
	// AdminToken is VEDETTE_ADMIN_TOKEN: it lets in the administrator "admin".
	AdminToken monitor.Secret
}

// Controller decides what is due.
type Controller struct {
	Tick       time.Duration `yaml:"tick" min:"10ms" max:"1h" doc:"How often it looks for monitors that are due."`
	Batch      int           `yaml:"batch" min:"1" max:"100000" doc:"Most monitors claimed in one transaction."`
	Procedures Procedures    `yaml:"procedures"`
}

// Procedures is the controller's housekeeping.
type Procedures struct {
	CleanOldEvents     Cleaning  `yaml:"clean_old_events"`
	CleanOldExecutions Cleaning  `yaml:"clean_old_executions"`
	ExecutionsLost     Procedure `yaml:"executions_lost"`
}

// Procedure runs on a schedule.
type Procedure struct {
	Schedule string `yaml:"schedule" check:"cron" doc:"Cron, with five fields or six, seconds first."`
}

// Cleaning removes what is older than Keep, on a schedule.
type Cleaning struct {
	Schedule string        `yaml:"schedule" check:"cron" doc:"Cron, with five fields or six, seconds first."`
	Keep     time.Duration `yaml:"keep" min:"1h" doc:"How old it may get."`
}

// Executor runs monitors.
type Executor struct {
	Concurrency         int           `yaml:"concurrency" min:"1" max:"10000" doc:"Most monitors running at a time in one process."`
	DeliveryConcurrency int           `yaml:"delivery_concurrency" min:"1" max:"10000" doc:"Most deliveries of events at a time in one process."`
	MonitorTimeout      time.Duration `yaml:"monitor_timeout" min:"1ms" max:"1d" doc:"Longest time for each routine of a run, for monitors that do not say."`
	ReactionTimeout     time.Duration `yaml:"reaction_timeout" min:"1ms" max:"1d" doc:"Longest time for each reaction to an event."`
	Heartbeat           time.Duration `yaml:"heartbeat" min:"100ms" max:"1h" doc:"How often an executor says that it is alive. After three that are missing, its runs are lost and due again."`
	GracePeriod         time.Duration `yaml:"grace_period" min:"100ms" max:"1h" doc:"How long runs may go on after the process was asked to stop. What has not ended by then is cancelled and handed to another executor."`
	MaxSteps            int64         `yaml:"max_steps" min:"1000" doc:"Most computation steps of one routine."`
	MaxMemory           Size          `yaml:"max_memory" min:"1MiB" doc:"Most memory that one routine may take."`
}

// Databases bounds what monitors may ask of the databases they query.
type Databases struct {
	// Addresses are the DATABASE_<NAME> of the environment, by lower-case name.
	Addresses       map[string]monitor.Secret
	AcquireTimeout  time.Duration   `yaml:"acquire_timeout" min:"1ms" max:"1h" doc:"Longest wait for a connection."`
	QueryTimeout    time.Duration   `yaml:"query_timeout" min:"1ms" max:"1d" doc:"Longest time of a query that does not say."`
	MaxRows         int             `yaml:"max_rows" min:"1" doc:"Most rows of a query that does not say. More are an error."`
	LogQueryMetrics bool            `yaml:"log_query_metrics" doc:"Log rows and duration of each query."`
	Pools           map[string]Pool `yaml:"pools" doc:"What single databases differ in, by name: {shop: {max_size: 5}}."`
}

// Pool is the connections to one database.
type Pool struct {
	MaxSize int `yaml:"max_size" min:"1" max:"1000" doc:"Most connections to this database, of each process."`
}

// Logging is what goes to standard error.
type Logging struct {
	Mode  string `yaml:"mode" choices:"friendly,json" doc:"friendly is for people, json for machines."`
	Level string `yaml:"level" choices:"debug,info,warn,error" doc:"Least urgent level that is logged."`
}

// Slog is the level as the logger takes it.
func (l Logging) Slog() slog.Level {
	switch l.Level {
	case "debug":
		return slog.LevelDebug
	case "warn":
		return slog.LevelWarn
	case "error":
		return slog.LevelError
	default:
		return slog.LevelInfo
	}
}
