package shop

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
	"golang.org/x/sync/errgroup"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// clock is a time that tests move.
type clock struct{ now time.Time }

func (c *clock) Now() time.Time { return c.now }

func newClock() *clock { return &clock{time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)} }

func openShop(t *testing.T, path string, seed uint64, c *clock) *Shop {
	t.Helper()
	shop, err := Open(t.Context(), path, Config{Seed: seed, Now: c.Now})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, shop.Close()) })
	return shop
}

// trade makes steps, a second apart.
func trade(t *testing.T, shop *Shop, c *clock, steps int) {
	t.Helper()
	for range steps {
		c.now = c.now.Add(time.Second)
		require.NoError(t, shop.step(t.Context()))
	}
}

func (s *Shop) count(t *testing.T, query string) (n int) {
	t.Helper()
	require.NoError(t, s.db.QueryRowContext(t.Context(), query).Scan(&n), query)
	return n
}

// problems counts what is wrong right now, by kind.
var problems = map[string]string{
	"stuck":    "select count(*) from orders o join shipments s on s.order_id = o.id where o.status = 'awaiting_delivery' and s.status = 'completed'",
	"charges":  "select count(*) from (select 1 from payments where status = 'captured' group by order_id having count(*) > 1)",
	"invoices": "select count(*) from orders where paid_at is not null and not exists (select 1 from invoices where order_id = orders.id)",
	"refunds":  "select count(*) from refunds r join orders o on o.id = r.order_id where r.amount_cents > o.total_cents",
	"parcels":  "select count(*) from shipments where status = 'in_transit' and carrier = 'Snail Mail'",
	"stock":    "select count(*) from products where stock < 10",
	"declined": "select count(*) from orders where status = 'placed' and id in (select order_id from payments where status = 'declined')",
}

func TestTrade_WithinTwoMinutesEachMistakeIsMadeAndMended(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			c := newClock()
			shop := openShop(t, filepath.Join(t.TempDir(), "shop.db"), seed, c)
			most, fell := map[string]int{}, map[string]bool{}
			last := map[string]int{}
			for range 120 {
				trade(t, shop, c, 1)
				for kind, query := range problems {
					n := shop.count(t, query)
					most[kind] = max(most[kind], n)
					fell[kind] = fell[kind] || n < last[kind]
					last[kind] = n
				}
			}
			for kind := range problems {
				require.Positive(t, most[kind], "%s: no mistake", kind)
				require.True(t, fell[kind], "%s: nothing was mended", kind)
			}
			require.Greater(t, most["stuck"], 6, "an alert is to rise")
			t.Log(most, last)
			require.Positive(t, shop.count(t, "select count(*) from orders where total_cents > 60000"), "nothing dear was ordered")
		})
	}
}

func TestTrade_TheSameSeedAndClockMakeTheSameTrade(t *testing.T) {
	t.Parallel()
	run := func(seed uint64) string {
		c := newClock()
		shop := openShop(t, filepath.Join(t.TempDir(), "shop.db"), seed, c)
		trade(t, shop, c, 45)
		var all strings.Builder
		for _, table := range []string{"orders", "payments", "shipments", "refunds", "invoices", "products"} {
			var text string
			err := shop.db.QueryRowContext(t.Context(), "select group_concat(id || ' ' || "+map[string]string{
				"orders": "status || placed_at", "payments": "status || order_id || created_at", "shipments": "carrier || shipped_at || status",
				"refunds": "amount_cents || created_at", "invoices": "order_id || issued_at", "products": "stock",
			}[table]+") from (select * from "+table+" order by id)").Scan(&text)
			require.NoError(t, err)
			all.WriteString(text)
		}
		return all.String()
	}
	first, second := run(7), run(7)
	require.Equal(t, first, second)
	require.NotEqual(t, first, run(8))
}

func TestOpen_AShopHasAHistoryWithoutOldProblems(t *testing.T) {
	t.Parallel()
	c := newClock()
	shop := openShop(t, filepath.Join(t.TempDir(), "some dir #1", "shop.db"), 1, c)
	require.Equal(t, historyOrders+3, shop.count(t, "select count(*) from orders"))
	require.Equal(t, 1, shop.count(t, problems["stuck"]))
	require.Equal(t, 1, shop.count(t, problems["charges"]))
	require.Equal(t, 1, shop.count(t, problems["invoices"]))
	require.Zero(t, shop.count(t, "select count(*) from orders where placed_at < '2026-11-20T12' or placed_at > '2026-11-23T12'"))
}

func TestOpen_AShopGoesOnWhereItWasLeft(t *testing.T) {
	t.Parallel()
	path, c := filepath.Join(t.TempDir(), "shop.db"), newClock()
	first := openShop(t, path, 1, c)
	trade(t, first, c, 30)
	orders := first.count(t, "select count(*) from orders")

	second := openShop(t, path, 2, c)
	require.Equal(t, orders, second.count(t, "select count(*) from orders"), "it is not founded twice")
	trade(t, second, c, 1)
	require.Equal(t, 31, second.count(t, "select steps from trading"))
	require.Greater(t, second.count(t, "select count(*) from orders"), orders)
}

func TestOpen_ManyMayFoundAndTradeAtOnce(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "shop.db")
	var shops [4]*Shop
	var group errgroup.Group
	for i := range shops {
		group.Go(func() (err error) {
			shops[i], err = Open(t.Context(), path, Config{Seed: uint64(i), Now: func() time.Time { return newClock().now }})
			return err
		})
	}
	require.NoError(t, group.Wait())
	require.Equal(t, historyOrders+3, shops[0].count(t, "select count(*) from orders"))
	for range 5 {
		for _, shop := range shops {
			group.Go(func() error { return shop.step(t.Context()) })
		}
	}
	require.NoError(t, group.Wait())
	require.Equal(t, 1, shops[0].count(t, "select steps from trading"), "in one second there is one step, whoever makes it")
	for _, shop := range shops {
		require.NoError(t, shop.Close())
	}
}

func TestOpen_AfterANightTheBackOfficeHasCaughtUp(t *testing.T) {
	t.Parallel()
	path, c := filepath.Join(t.TempDir(), "shop.db"), newClock()
	shop := openShop(t, path, 1, c)
	trade(t, shop, c, 40)
	require.Positive(t, shop.count(t, problems["stuck"]))
	c.now = c.now.Add(8 * time.Hour)
	trade(t, shop, c, 1)
	for _, kind := range []string{"charges", "refunds", "parcels"} {
		require.LessOrEqual(t, shop.count(t, problems[kind]), 1, kind)
	}
	night := " and %s < '2026-11-23T20'"
	require.Zero(t, shop.count(t, problems["stuck"]+fmt.Sprintf(night, "s.completed_at")))
	require.Zero(t, shop.count(t, problems["invoices"]+fmt.Sprintf(night, "paid_at")))
}

func TestOpen_AShopOfAnotherVersionIsFoundedAnew(t *testing.T) {
	t.Parallel()
	path, c := filepath.Join(t.TempDir(), "shop.db"), newClock()
	shop := openShop(t, path, 1, c)
	trade(t, shop, c, 20)
	_, err := shop.db.ExecContext(t.Context(), "pragma user_version = 999; create table odd (id integer primary key references orders)")
	require.NoError(t, err)

	again := openShop(t, path, 1, c)
	require.Equal(t, historyOrders+3, again.count(t, "select count(*) from orders"))
	require.Zero(t, again.count(t, "select count(*) from sqlite_schema where name = 'odd'"))
	require.Zero(t, again.count(t, "select steps from trading"))
}

func TestOpen_SaysWhatStandsInTheWay(t *testing.T) {
	t.Parallel()
	_, err := Open(t.Context(), filepath.Join("/dev/null", "shop.db"), Config{})
	require.ErrorContains(t, err, "make the shop's directory")
	_, err = Open(t.Context(), t.TempDir(), Config{})
	require.ErrorContains(t, err, "found the shop")
}

func TestTrade_TheShopDoesNotGrowWithoutEnd(t *testing.T) {
	t.Parallel()
	c := newClock()
	shop := openShop(t, filepath.Join(t.TempDir(), "shop.db"), 1, c)
	_, err := shop.db.ExecContext(t.Context(), `
		with recursive n(i) as (select 1 union all select i + 1 from n where i < 5000)
		insert into orders (customer_id, product_id, quantity, total_cents, status, placed_at, paid_at) select 1, 1, 1, 790, 'completed', '2026-11-23T11:00:00.000Z', '2026-11-23T11:00:00.000Z' from n;
		insert into invoices (order_id, amount_cents, issued_at) select id, 1, placed_at from orders;
		insert into payments (order_id, amount_cents, status, created_at) select id, 1, 'reversed', placed_at from orders`)
	require.NoError(t, err)
	trade(t, shop, c, pruneEvery)
	finished := shop.count(t, "select count(*) from orders where status in ('completed', 'cancelled')")
	require.LessOrEqual(t, finished, keepOrders)
	for _, table := range []string{"payments", "shipments", "invoices", "refunds"} {
		require.Zero(t, shop.count(t, "select count(*) from "+table+" where order_id not in (select id from orders)"), table)
	}
	first := shop.count(t, "select min(id) from orders")
	require.Greater(t, first, historyOrders, "the oldest go first")
}

func TestStep_IsWholeOrNothing(t *testing.T) {
	t.Parallel()
	c := newClock()
	shop := openShop(t, filepath.Join(t.TempDir(), "shop.db"), 1, c)
	_, err := shop.db.ExecContext(t.Context(), "create trigger broken before insert on payments begin select raise(abort, 'no money today'); end")
	require.NoError(t, err)
	orders := shop.count(t, "select count(*) from orders")
	failed := 0
	for range 10 {
		c.now = c.now.Add(time.Second)
		if err := shop.step(t.Context()); err != nil {
			require.ErrorContains(t, err, "no money today")
			failed++
		}
	}
	require.Positive(t, failed)
	require.Equal(t, 10-failed, shop.count(t, "select steps from trading"))
	placed := shop.count(t, "select count(*) from orders") - orders
	require.LessOrEqual(t, placed, 2*(10-failed), "a step that failed left no order behind")
}

func TestRun_TradesUntilItIsStopped(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "shop.db")
	synctest.Test(t, func(t *testing.T) {
		var log strings.Builder
		shop, err := Open(t.Context(), path, Config{Logger: slog.New(slog.NewTextHandler(&log, nil))})
		require.NoError(t, err)
		ctx, cancel := context.WithCancelCause(t.Context())
		done := make(chan error)
		go func() { done <- shop.Run(ctx) }()

		<-time.After(10*time.Second + 500*time.Millisecond)
		_, err = shop.db.ExecContext(ctx, "alter table trading rename to gone")
		require.NoError(t, err)
		<-time.After(3 * time.Second)
		require.Equal(t, 1, strings.Count(log.String(), "the sample shop could not trade"), "the same failure is told once: %s", log.String())
		_, err = shop.db.ExecContext(ctx, "alter table gone rename to trading")
		require.NoError(t, err)
		<-time.After(2 * time.Second)
		cancel(errors.New("stopped"))
		require.NoError(t, <-done)
		require.Equal(t, 12, shop.count(t, "select steps from trading"))
		require.NoError(t, shop.Close())
	})
}

func TestOpen_SaysInOneLineThatItWasStopped(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	_, err := Open(ctx, filepath.Join(t.TempDir(), "shop.db"), Config{Seed: 1, Now: func() time.Time {
		stop()
		return time.Now()
	}})
	require.EqualError(t, err, "found the shop: context canceled")
}
