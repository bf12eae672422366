package egress

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestParsePattern_SaysWhichHostsAreMeant(t *testing.T) {
	t.Parallel()
	tests := []struct {
		pattern string
		meant   [][2]string
		not     [][2]string
	}{
		{"API.example.com.", [][2]string{{"api.example.com", "443"}, {"api.example.com", "8080"}}, [][2]string{{"example.com", "443"}, {"xapi.example.com", "443"}, {"api.example.com.evil.org", "443"}}},
		{"api.example.com:8443", [][2]string{{"api.example.com", "8443"}}, [][2]string{{"api.example.com", "443"}}},
		{"*.example.com", [][2]string{{"a.example.com", "443"}, {"a.b.example.com", "80"}}, [][2]string{{"example.com", "443"}, {"badexample.com", "443"}}},
		{"*.example.com:443", [][2]string{{"a.example.com", "443"}}, [][2]string{{"a.example.com", "80"}}},
		{"*", [][2]string{{"anything", "1"}, {"::1", "443"}}, nil},
		{"10.0.0.7", [][2]string{{"10.0.0.7", "80"}}, [][2]string{{"10.0.0.70", "80"}}},
		{"0:0::1", [][2]string{{"::1", "80"}}, nil},
		{"[::1]", [][2]string{{"::1", "80"}}, nil},
		{"[::1]:81", [][2]string{{"::1", "81"}}, [][2]string{{"::1", "80"}}},
		{"billing", [][2]string{{"billing", "80"}}, nil},
	}
	for _, test := range tests {
		p, err := ParsePattern(test.pattern)
		require.NoError(t, err, test.pattern)
		for _, meant := range test.meant {
			require.True(t, p.matches(meant[0], meant[1]), "%s: %v", test.pattern, meant)
		}
		for _, not := range test.not {
			require.False(t, p.matches(not[0], not[1]), "%s: %v", test.pattern, not)
		}
	}
}

func TestParsePattern_RefusesWhatIsNoHost(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", "https://api.example.com", "api.example.com/v1", "user@api.example.com", "*example.com", "api.*.com", "**", "*.", "*.*",
		"*:443", "api.example.com:0", "api.example.com:https", "a..b", "a b", "bücher.example", "fe80::1%eth0", "*.10.0.0.7", "a:b:c", "10.0.0.0/8",
	} {
		_, err := ParsePattern(text)
		require.ErrorContains(t, err, "is no host", "%q", text)
	}
}
