package browser

import (
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// call gives a command to the browser whose answer says nothing.
func call[P, R any](p *Page, command cdp.Command[P, R], params P) error {
	ctx, stop := p.patiently()
	defer stop()
	_, err := chromedp.Call(ctx, command, params)
	return err
}

// Size sets how large the page is; a narrow one is a phone.
func (p *Page) Size(width, height int64) {
	p.t.Helper()
	params := emulation.SetDeviceMetricsOverrideParams{Width: width, Height: height, DeviceScaleFactor: 1, Mobile: width < 600}
	p.try("set the size", call(p, emulation.SetDeviceMetricsOverride, params))
}

// Dark says whether the system is set to dark colours.
func (p *Page) Dark(dark bool) {
	p.t.Helper()
	scheme := "light"
	if dark {
		scheme = "dark"
	}
	// Colours that change slowly are neither the one nor the other for a while.
	features := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}} //nolint:misspell // the name in style sheets
	p.try("set the colours", call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features}))
}

// Slow has the page compute so many times as slowly as the machine can.
func (p *Page) Slow(factor float64) {
	p.t.Helper()
	p.try("slow the page down", call(p, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: factor}))
}

// Forget has the page load everything anew from now on, as somebody's does who has never
// been there.
func (p *Page) Forget() {
	p.t.Helper()
	p.try("use no cache", call(p, network.SetCacheDisabled, network.SetCacheDisabledParams{CacheDisabled: true}))
}
