package testenv

import (
	"os"
	"os/exec"
	"testing"
)

// EnvChromium is the path of a Chromium, or of a browser that is made of it.
const EnvChromium = "VEDETTE_TEST_CHROMIUM"

// chromiums are the names that packages give it, and where applications lie that are
// not meant for the PATH.
var chromiums = []string{
	"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome",
	"/Applications/Chromium.app/Contents/MacOS/Chromium",
	"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
}

// Chromium gives the path of a browser. It skips the test where there is none.
func Chromium(t testing.TB) string {
	t.Helper()
	names := chromiums
	if path := os.Getenv(EnvChromium); path != "" {
		names = []string{path}
	}
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	Skip(t, "a Chromium", "install Chromium, or set "+EnvChromium+" to the path of a browser that is made of it")
	return ""
}
