package e2e

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/require"
)

// TestBrowser_WhatTwoHaveChangedIsMergedByHand has two people change the same line: what
// one of them makes of both is what is stored.
func TestBrowser_WhatTwoHaveChangedIsMergedByHand(t *testing.T) {
	t.Parallel()
	s, p := lateOrders(t)
	audit := &auditing{axe: axe(t)}
	bob, _ := s.author(t, "bob")
	bob.Visit("#/monitors/late_orders/edit")
	bob.Fill("monitor.star", fmt.Sprintf(lateCode, "high"))
	bob.See("not saved")
	theirs := map[string]string{"monitor.star": fmt.Sprintf(lateCode, "moderate") + "# " + payload + "\n", "README.md": payload}
	s.put(t, "late_orders", payload, theirs)

	saveAs(bob, "both of us")
	const conflict = "Somebody else has saved this monitor"
	bob.Find("dialog", conflict)
	for _, tab := range []string{"What you changed", "Theirs against yours", "What they changed"} {
		bob.Click("choice", tab)
		audit.everyWay(bob, "dialog[open]", conflict+", "+tab)
		requireClean(t, bob, tab)
	}
	require.True(t, shows(bob, "dialog[open]"))
	requireTrapped(t, bob, conflict)
	bob.Click("button", "Merge by hand (monitor.star)")
	merge := bob.In("dialog", "Merge monitor.star")
	audit.everyWay(bob, "dialog[open]", "merge")
	requireClean(t, bob, "merge")
	require.Contains(t, merge.Value("monitor.star, yours"), "high = 0")
	require.Contains(t, merge.Value("monitor.star, theirs"), "moderate = 0")

	merged := fmt.Sprintf(lateCode, "critical") + "# of both\n"
	merge.Fill("monitor.star, yours", merged)
	// Escape leaves the code, not what was put together in it.
	bob.Press(kb.Escape)
	bob.Press(kb.Tab)
	require.True(t, merge.Focused("button", "Back"))
	merge.Click("button", "Use this, and go on to save")
	save := bob.In("dialog", "Save late_orders")
	require.Equal(t, "both of us", save.Value("What changed"))
	save.Click("button", "Save")
	bob.See("Saved as version 3.")
	stored := get[versionView](t, s, "/monitors/late_orders/versions/3")
	require.Equal(t, map[string]string{"monitor.star": merged, "README.md": payload}, stored.Files)
	require.Equal(t, "both of us", stored.Message)
	require.Equal(t, theirs, get[versionView](t, s, "/monitors/late_orders/versions/2").Files)
	audit.report(t)
	stop(t, p)
}
