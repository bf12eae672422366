package sqlite_test

import (
	"testing"

	"github.com/vedettehq/vedette/internal/store/storetest"
)

func BenchmarkLarge(b *testing.B) { storetest.BenchmarkLarge(b, storetest.Driver{Open: openFresh}) }

func BenchmarkSmall(b *testing.B) { storetest.BenchmarkSmall(b, storetest.Driver{Open: openFresh}) }
