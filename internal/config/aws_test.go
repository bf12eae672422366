package config

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
)

func TestLoad_TheAccountOfTheQueue(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, "key", "hunter2\n")
	config, err := Load(LoadOptions{Dir: dir, Environ: []string{
		"AWS_APPLICATION_REGION=eu-central-1", "AWS_APPLICATION_ACCESS_KEY_ID=AKIA", "AWS_APPLICATION_SECRET_ACCESS_KEY_FILE=key",
		"AWS_APPLICATION_SESSION_TOKEN=token", "AWS_ENDPOINT_URL=http://127.0.0.1:4566",
	}})
	require.NoError(t, err)
	require.Equal(t, AWS{
		Region: "eu-central-1", AccessKeyID: monitor.NewSecret("AKIA"), SecretAccessKey: monitor.NewSecret("hunter2"),
		SessionToken: monitor.NewSecret("token"), EndpointURL: "http://127.0.0.1:4566",
	}, config.ApplicationQueue.AWS)

	var out bytes.Buffer
	require.NoError(t, Print(&out, config))
	require.Contains(t, out.String(), "# AWS_APPLICATION_REGION: eu-central-1\n")
	require.Contains(t, out.String(), "# AWS_APPLICATION_SECRET_ACCESS_KEY: [redacted]\n")
	require.NotContains(t, out.String(), "hunter2")
}

func TestLoad_HalfAnAccountIsAMistake(t *testing.T) {
	t.Parallel()
	for given, missing := range map[string]string{
		awsAccessKeyID:     awsSecretAccessKey,
		awsSecretAccessKey: awsAccessKeyID,
	} {
		_, err := load(t, "", given+"=hunter2")
		require.ErrorContains(t, err, missing+": is not set, though "+given+" is")
		require.NotContains(t, err.Error(), "hunter2")
	}
}
