package postgres_test

import (
	"testing"

	"github.com/vedettehq/vedette/internal/store/storetest"
)

func BenchmarkLarge(b *testing.B) {
	storetest.BenchmarkLarge(b, storetest.Driver{Open: (&pool{t: b}).open})
}

func BenchmarkSmall(b *testing.B) {
	storetest.BenchmarkSmall(b, storetest.Driver{Open: (&pool{t: b}).open})
}
