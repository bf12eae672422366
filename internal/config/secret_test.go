package config

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
)

func TestLoad_ReadsSecretsFromTheEnvironment(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := write(t, dir, "key", "from-a-file\n")
	config, err := load(t, "secrets: [SHOP_API_KEY, OTHER_KEY]\n", "SHOP_API_KEY=hunter2", "OTHER_KEY_FILE="+path, "NOT_LISTED=hidden")
	require.NoError(t, err)
	require.Equal(t, Secrets{"SHOP_API_KEY": monitor.NewSecret("hunter2"), "OTHER_KEY": monitor.NewSecret("from-a-file")}, config.Secrets)
}

func TestLoad_TellsWhatIsWrongWithSecrets(t *testing.T) {
	t.Parallel()
	require.Equal(t, []string{
		`configs.yaml:2:4: secrets: NOT_THERE is not set in the environment`,
		`configs.yaml:3:4: secrets: the value of SHORT is too short to be kept out of logs: it needs at least 6 characters`,
		`configs.yaml:4:4: secrets: DATABASE_SHOP belongs to the platform: monitors cannot read names that begin with DATABASE_`,
		`configs.yaml:5:4: secrets: VEDETTE_ADMIN_TOKEN belongs to the platform: monitors cannot read names that begin with VEDETTE_`,
		`configs.yaml:6:4: secrets: aws_secret_access_key belongs to the platform: monitors cannot read names that begin with AWS_`,
		`configs.yaml:7:4: secrets: "A-B" is no name of an environment variable`,
		`configs.yaml:9:4: secrets: "GOOD" is there twice`,
		`configs.yaml:10:4: secrets: expected one value, not a mapping`,
	}, problems(t, `secrets:
 - NOT_THERE
 - SHORT
 - DATABASE_SHOP
 - VEDETTE_ADMIN_TOKEN
 - aws_secret_access_key
 - A-B
 - GOOD
 - GOOD
 - {a: b}
`, "SHORT=abcde", "GOOD=long enough", "DATABASE_SHOP=sqlite://x", "VEDETTE_ADMIN_TOKEN=0123456789abcdef0123456789abcdef", "aws_secret_access_key=0123456789"))
	require.Equal(t, []string{`configs.yaml:1:10: secrets: expected a list such as [SHOP_API_KEY], not "SHOP_API_KEY"`}, problems(t, "secrets: SHOP_API_KEY\n"))
}

func TestLoad_ElsewhereSecretsNeedNotBeSet(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, DefaultFile, "secrets: [SHOP_API_KEY]\nhttp_client: {allow: [a.example], auth: {billing: {token: \"${BILLING_TOKEN}\"}}}\n")
	config, err := Load(LoadOptions{Dir: dir, Elsewhere: true})
	require.NoError(t, err)
	require.Empty(t, config.Secrets)
}
