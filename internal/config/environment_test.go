package config

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestLoad_AddressesOfDatabases(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, "address", "postgres://reader:pass@db/shop\n")
	write(t, dir, DefaultEnvFile, `
DATABASE_APPLICATION=postgres://file
DATABASE_OTHER='postgres://x:p$ABC@db/other'
`)

	config, err := Load(LoadOptions{Dir: dir, Environ: []string{
		"DATABASE_SHOP_FILE=address", "DATABASE_APPLICATION=sqlite://mine.db", "DATABASE_EMPTY=", "DATABASE_=x", "PATH=/bin",
	}})
	require.NoError(t, err)
	require.Equal(t, "sqlite://mine.db", config.ApplicationDatabase.Address.Reveal(), "the environment counts more than the file")
	require.Len(t, config.Databases.Addresses, 2)
	require.Equal(t, "postgres://reader:pass@db/shop", config.Databases.Addresses["shop"].Reveal())
	require.Equal(t, "postgres://x:p$ABC@db/other", config.Databases.Addresses["other"].Reveal())
}

func TestLoad_TheEnvironmentWinsInWhicheverForm(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, "address", "sqlite://from-environment")
	write(t, dir, DefaultEnvFile, "DATABASE_SHOP=sqlite://from-file\nDATABASE_CRM_FILE=nowhere\n")

	config, err := Load(LoadOptions{Dir: dir, Environ: []string{"DATABASE_SHOP_FILE=address", "DATABASE_CRM=sqlite://crm"}})
	require.NoError(t, err)
	require.Equal(t, "sqlite://from-environment", config.Databases.Addresses["shop"].Reveal())
	require.Equal(t, "sqlite://crm", config.Databases.Addresses["crm"].Reveal())
}

func TestLoad_AddressesThatCannotBeHad(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, "big", string(make([]byte, maxSecretFile+1)))

	_, err := Load(LoadOptions{Dir: dir, Environ: []string{
		"DATABASE_A=sqlite://secret", "DATABASE_A_FILE=big", "DATABASE_BIG_FILE=big", "DATABASE_GONE_FILE=gone",
		"DATABASE_SHOP=sqlite://secret", "DATABASE_Shop=sqlite://secret", "DATABASE_MY-SHOP=sqlite://secret",
	}})
	require.ErrorContains(t, err, "DATABASE_A: both DATABASE_A and DATABASE_A_FILE are set")
	require.ErrorContains(t, err, "DATABASE_BIG_FILE: big holds more than")
	require.ErrorContains(t, err, "gone: no such file")
	require.ErrorContains(t, err, "DATABASE_Shop: names the same database as DATABASE_SHOP")
	require.ErrorContains(t, err, "DATABASE_MY-SHOP: a database's name has only")
	require.NotContains(t, err.Error(), "sqlite://secret")
}

func TestLoad_VariablesInTheFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, "url", "https://billing\n")
	path := write(t, dir, DefaultFile, `
executor: {concurrency: "${SLOTS}", max_memory: "${MEMORY}MiB"}
http_server: {dashboard: "${DASHBOARD}"}
monitors:
  path: ${BASE}/monitors
  settings: {url: "${URL}/x", file: "${URL_FILE}", plain: "$${URL} $5"}
`)
	config, err := Load(LoadOptions{Dir: dir, Path: path, Environ: []string{
		"SLOTS=3", "MEMORY=64", "DASHBOARD=false", "BASE=/srv", "URL_FILE=url",
	}})
	require.NoError(t, err)
	require.Equal(t, 3, config.Executor.Concurrency)
	require.Equal(t, 64*mebibyte, config.Executor.MaxMemory)
	require.False(t, config.HTTPServer.Dashboard)
	require.Equal(t, "/srv/monitors", config.Monitors.Path)
	require.EqualValues(t, `"https://billing/x"`, config.Monitors.Settings["url"])
	require.EqualValues(t, `"https://billing"`, config.Monitors.Settings["file"])
	require.EqualValues(t, `"${URL} $5"`, config.Monitors.Settings["plain"])
}

func TestLoad_VariablesThatAreMissing(t *testing.T) {
	t.Parallel()
	require.Equal(t, []string{
		"configs.yaml:1:18: monitors.path: BASE is not set in the environment; SUB is not set in the environment",
		"configs.yaml:1:47: monitors.settings.x: GONE is not set in the environment",
		"configs.yaml:2:12: time_zone: ${ZONE:-UTC} cannot be read: write ${NAME}, or $${ for ${ itself",
		"configs.yaml:3:28: executor.concurrency: expected a whole number, not \"three\"",
	}, problems(t, `monitors: {path: "${BASE}/${SUB}", settings: {x: "${GONE}"}}
time_zone: "${ZONE:-UTC}"
executor:   {concurrency:  "${SLOTS}"}
`, "SLOTS=three"))
}

func TestReadSecretsFile_DoesNotShowWhatItCannotRead(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"no name":       "A=1\nB=2\nhunter2 hunter2\nC=3\n",
		"open quote":    "A=1\nB=2\nC='hunter2\n",
		"odd character": "A=1\n\nhunter2!=x\n",
	} {
		path := write(t, dir, "secrets", text)
		_, err := readSecretsFile(path, true)
		require.ErrorContains(t, err, fmt.Sprintf("%s:3: expected NAME=value", path), name)
		require.NotContains(t, err.Error(), "hunter2", name)
	}
}
