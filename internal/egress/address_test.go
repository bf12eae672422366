package egress

import (
	"net/netip"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestIsPublic_OnlyHostsOfTheInternetAre(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"8.8.8.8", "1.1.1.1", "172.15.255.255", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450::1",
		"::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1",
	} {
		require.True(t, isPublic(netip.MustParseAddr(text)), text)
	}
	for _, text := range []string{
		"127.0.0.1", "127.9.9.9", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "0.1.2.3",
		"224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "198.18.0.1", "192.0.2.1", "203.0.113.9",
		"::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "fec0::1", "ff02::1", "2001:db8::1", "2001::1", "100::1",
		"::127.0.0.1", "::8.8.8.8", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::808:808", "2002:7f00:1::1", "2002:a9fe:a9fe::1",
	} {
		require.False(t, isPublic(netip.MustParseAddr(text)), text)
	}
}

func TestPolicy_RefusesAddressesAsTheyAreDialled(t *testing.T) {
	t.Parallel()
	public := &policy{}
	require.NoError(t, public.control("tcp", "8.8.8.8:443", nil))
	require.EqualError(t, public.control("tcp", "[::ffff:10.0.0.1]:443", nil), "refused: ::ffff:10.0.0.1 is not a public address (http_client.allow_private is off)")
	require.ErrorContains(t, public.control("tcp", "somewhere", nil), "is no address")

	private := &policy{allowPrivate: true}
	require.NoError(t, private.control("tcp", "10.0.0.1:443", nil))
	require.NoError(t, private.control("tcp", "[fe80::1%lo]:443", nil))
}

func TestPolicy_CredentialsOfTheMachineAreOnlyHadByAddress(t *testing.T) {
	t.Parallel()
	private, err := newPolicy([]string{"*"}, true)
	require.NoError(t, err)
	for _, address := range []string{"169.254.169.254:80", "[::ffff:169.254.169.254]:80", "[64:ff9b::a9fe:a9fe]:80", "[fd00:ec2::254]:80"} {
		require.ErrorContains(t, private.control("tcp", address, nil), "hands out credentials of this machine", address)
	}
	named, err := newPolicy([]string{"*.internal", "169.254.169.254"}, true)
	require.NoError(t, err)
	require.NoError(t, named.control("tcp", "169.254.169.254:80", nil))
	require.Error(t, named.control("tcp", "169.254.170.2:80", nil))
}
