package scripttest_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/script/lib"
	"github.com/vedettehq/vedette/internal/script/scripttest"
)

func TestStub_HasWhatOnlyTestsHave(t *testing.T) {
	t.Parallel()
	stub := scripttest.Stub()
	for _, name := range []string{
		"def fake_query(", "def queries(", "def fake_now(", "def fake_variable(", "def fake_setting(", "def fake_http(", "def fake_secret(",
		"def run(", "def event(", "# assert.eq(", "# assert.fails(",
	} {
		require.Contains(t, stub, "\n"+name)
		require.NotContains(t, lib.Stub(), "\n"+name)
	}
}
