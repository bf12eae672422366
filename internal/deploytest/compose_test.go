package deploytest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/compose-spec/compose-go/v2/loader"
	"github.com/compose-spec/compose-go/v2/types"
	"github.com/stretchr/testify/require"
)

// compose loads a file as docker compose does, with all of its profiles.
func compose(t *testing.T, name string, environment types.Mapping) *types.Project {
	t.Helper()
	path := absolute(t, filepath.Join(root, "docker", name))
	project, err := loader.LoadWithContext(t.Context(), types.ConfigDetails{
		WorkingDir:  filepath.Dir(path),
		ConfigFiles: []types.ConfigFile{{Filename: path}},
		Environment: environment,
	}, func(options *loader.Options) { options.Profiles = []string{"*"} })
	require.NoError(t, err, name)
	return project
}

var composeFiles = []string{"docker-compose-local.yml", "docker-compose-scalable.yml", "docker-compose-dev.yml"}

func TestCompose_EveryServiceIsConfined(t *testing.T) {
	t.Parallel()
	for _, name := range composeFiles {
		for _, service := range compose(t, name, nil).Services {
			about := name + ": " + service.Name
			user, _, _ := strings.Cut(service.User, ":")
			require.NotContains(t, []string{"", "0", "root"}, user, about)
			require.True(t, service.ReadOnly, about)
			require.False(t, service.Privileged, about)
			require.Equal(t, []string{"ALL"}, service.CapDrop, about)
			require.Empty(t, service.CapAdd, about)
			require.Contains(t, service.SecurityOpt, "no-new-privileges:true", about)
			require.NotNil(t, service.Deploy, about)
			limits := service.Deploy.Resources.Limits
			require.NotNil(t, limits, about)
			require.Positive(t, limits.NanoCPUs.Value(), about)
			require.Positive(t, int64(limits.MemoryBytes), about)
			require.Positive(t, limits.Pids, about)
		}
	}
}

func TestCompose_PortsArePublishedOnTheMachineItselfOnly(t *testing.T) {
	t.Parallel()
	published := 0
	for _, name := range composeFiles {
		for _, service := range compose(t, name, nil).Services {
			for _, port := range service.Ports {
				require.Equal(t, "127.0.0.1", port.HostIP, "%s: %s", name, service.Name)
				published++
			}
			require.Empty(t, service.NetworkMode, "%s: %s", name, service.Name)
		}
	}
	require.Equal(t, len(composeFiles), published)
}

func TestCompose_StartsInOrderOfHealth(t *testing.T) {
	t.Parallel()
	for _, name := range composeFiles {
		project := compose(t, name, nil)
		for _, service := range project.Services {
			for other, dependency := range service.DependsOn {
				about := name + ": " + service.Name + " on " + other
				health := project.Services[other].HealthCheck
				if dependency.Condition == types.ServiceConditionCompletedSuccessfully {
					require.Equal(t, "no", project.Services[other].Restart, about)
					continue
				}
				require.Equal(t, types.ServiceConditionHealthy, dependency.Condition, about)
				require.NotNil(t, health, about)
				require.False(t, health.Disable, about)
			}
		}
	}
}

// Executors give runs 20 seconds to finish; who kills sooner loses time, though
// no data.
func TestCompose_StopsNoSoonerThanRunsMayFinish(t *testing.T) {
	t.Parallel()
	roles := 0
	for _, name := range composeFiles {
		for _, service := range compose(t, name, nil).Services {
			switch service.Name {
			case "vedette", "controller", "executor", "dev":
				require.NotNil(t, service.StopGracePeriod, service.Name)
				require.GreaterOrEqual(t, time.Duration(*service.StopGracePeriod), 45*time.Second, service.Name)
				roles++
			}
		}
	}
	require.Equal(t, 4, roles)
}

func TestCompose_WhatIsMountedIsThere(t *testing.T) {
	t.Parallel()
	for _, name := range composeFiles {
		for _, service := range compose(t, name, nil).Services {
			for _, volume := range service.Volumes {
				if volume.Type != types.VolumeTypeBind || volume.Bind != nil && bool(volume.Bind.CreateHostPath) {
					continue
				}
				_, err := os.Stat(volume.Source)
				require.NoError(t, err, "%s: %s", name, service.Name)
			}
			if service.Build != nil {
				_, err := os.Stat(filepath.Join(service.Build.Context, *service.Build.Args["CONFIGS_FILE"]))
				require.NoError(t, err, "%s: %s", name, service.Name)
			}
		}
	}
}

func TestCompose_FollowsTheEnvironment(t *testing.T) {
	t.Parallel()
	scalable := compose(t, "docker-compose-scalable.yml", types.Mapping{"EXECUTORS": "5", "PORT": "9000"})
	require.Equal(t, 5, *scalable.Services["executor"].Deploy.Replicas)
	require.Equal(t, "9000", scalable.Services["controller"].Ports[0].Published)

	local := compose(t, "docker-compose-local.yml", types.Mapping{"CONFIGS_FILE": "configs/sqs.yaml"})
	service := local.Services["vedette"]
	require.Equal(t, "configs/sqs.yaml", *service.Build.Args["CONFIGS_FILE"])
	require.Equal(t, []string{"sqs"}, local.Services["sqs"].Profiles)
}
