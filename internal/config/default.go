package config

import (
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
)

// DefaultAddress is the application database of somebody who names none.
const DefaultAddress = "sqlite://data/vedette.db"

const day = 24 * time.Hour

// Default is the configuration of an empty file.
func Default() Config {
	return Config{
		TimeZone: time.UTC,
		Monitors: Monitors{Path: "./monitors", Settings: map[string]monitor.Data{}},
		ApplicationDatabase: ApplicationDatabase{
			Address:  monitor.NewSecret(DefaultAddress),
			PoolSize: 10,
		},
		ApplicationQueue: ApplicationQueue{
			Type: "internal",
			SQS:  SQS{Executions: "vedette-executions", Deliveries: "vedette-deliveries"},
		},
		HTTPServer: HTTPServer{Address: "127.0.0.1:8000", Dashboard: true, MonitorRegister: true, Auth: "token"},
		Controller: Controller{
			Tick:  time.Second,
			Batch: 1000,
			Procedures: Procedures{
				CleanOldEvents:     Cleaning{Schedule: "0 0 * * *", Keep: 365 * day},
				CleanOldExecutions: Cleaning{Schedule: "30 0 * * *", Keep: 30 * day},
				ExecutionsLost:     Procedure{Schedule: "*/2 * * * * *"},
			},
		},
		Executor: Executor{
			Concurrency:         10,
			DeliveryConcurrency: 10,
			MonitorTimeout:      time.Minute,
			ReactionTimeout:     5 * time.Second,
			Heartbeat:           5 * time.Second,
			GracePeriod:         20 * time.Second,
			MaxSteps:            200_000_000,
			MaxMemory:           128 * mebibyte,
		},
		MaxIssuesCreation: 100,
		SaveEvents:        "all",
		Databases: Databases{
			Addresses:      map[string]monitor.Secret{},
			AcquireTimeout: 30 * time.Second,
			QueryTimeout:   30 * time.Second,
			MaxRows:        100_000,
			Pools:          map[string]Pool{},
		},
		HTTPClient: HTTPClient{
			Allow:           []string{},
			Timeout:         30 * time.Second,
			MaxResponseSize: 16 * mebibyte,
			MaxConnections:  10,
			Auth:            map[string]HTTPAuth{},
		},
		Receivers: map[string]Receiver{},
		Secrets:   Secrets{},
		Logging:   Logging{Mode: "friendly", Level: "info"},
	}
}

// defaultPool is a database's pool as far as databases.pools does not say.
func defaultPool() Pool { return Pool{MaxSize: 5} }

// Pool gives the pool of a database by its name.
func (d Databases) Pool(name string) Pool {
	if pool, ok := d.Pools[name]; ok {
		return pool
	}
	return defaultPool()
}
