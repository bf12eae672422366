package telemetry

import (
	"cmp"
	"runtime/debug"
)

// version is set by the linker where the source has no version control, as in an
// image: -ldflags "-X github.com/vedettehq/vedette/internal/telemetry.version=v1.2.3".
var version string

// Build is what a binary was built from.
type Build struct {
	Version string
	// Commit is the revision of the source, shortened; empty if not known.
	Commit string
	// Modified tells whether the source differed from that revision.
	Modified  bool
	GoVersion string
}

// commitLength is what git itself shows of a revision in a small repository.
const commitLength = 12

// ReadBuild reads what the toolchain recorded in this binary.
func ReadBuild() Build {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return Build{Version: cmp.Or(version, "unknown")}
	}
	return buildOf(info, version)
}

func buildOf(info *debug.BuildInfo, linked string) Build {
	build := Build{
		Version:   cmp.Or(linked, info.Main.Version, "(devel)"),
		GoVersion: info.GoVersion,
	}
	for _, setting := range info.Settings {
		switch setting.Key {
		case "vcs.revision":
			build.Commit = setting.Value[:min(len(setting.Value), commitLength)]
		case "vcs.modified":
			build.Modified = setting.Value == "true"
		}
	}
	return build
}

// String is one line, as `vedette version` prints it.
func (b Build) String() string {
	text := b.Version
	if b.Commit != "" {
		text += " (" + b.Commit
		if b.Modified {
			text += ", modified"
		}
		text += ")"
	}
	if b.GoVersion != "" {
		text += " " + b.GoVersion
	}
	return text
}
