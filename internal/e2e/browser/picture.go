package browser

import (
	"os"
	"path/filepath"

	"github.com/chromedp/chromedp"
)

// Picture keeps what is to be seen now as a PNG file.
func (p *Page) Picture(file string) {
	p.t.Helper()
	ctx, stop := p.patiently()
	defer stop()
	picture, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	p.try("make a picture", err)
	p.try("make a folder for pictures", os.MkdirAll(filepath.Dir(file), 0o750))
	p.try("keep a picture", os.WriteFile(file, picture, 0o644)) //nolint:gosec // pictures are for everybody
}
