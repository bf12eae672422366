package storetest

import (
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

// Schema is a store whose schema is under test.
type Schema struct {
	// Open makes a store on an empty database.
	Open func(t testing.TB) (database store.Database, address string)
	// Again opens another store on the database at an address; nil where only one
	// process can have a database open.
	Again func(t testing.TB, address string) store.Database
	// Exec runs a statement on the database, as somebody does by hand.
	Exec func(t testing.TB, address, sql string)
	// Tables lists what there is in the database at an address.
	Tables func(t testing.TB, address string) []string
}

// RunSchema runs the tests of migrating.
func RunSchema(t *testing.T, s Schema) {
	t.Parallel()
	for name, test := range map[string]func(*testing.T, Schema){
		"UpAndDownAgainAndUp":                 schemaUpAndDown,
		"UpAndDownByASingleStep":              schemaSteps,
		"ADatabaseWithoutSchemaIsRefused":     schemaMissing,
		"AHalfDoneMigrationIsRefused":         schemaDirty,
		"ANewerSchemaThatIsCompatibleIsFine":  schemaNewerCompatible,
		"ANewerSchemaThatIsNotIsRefused":      schemaNewer,
		"ANewerSchemaThatDoesNotSayIsRefused": schemaNewerUnknown,
		"ASchemaThatLacksATableIsRefused":     schemaDamaged,
		"ForceRefusesVersionsThatAreNotThere": schemaForce,
		"ManyProcessesMayMigrateAtOnce":       schemaMany,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, s)
		})
	}
}

// version requires what SchemaVersion says, and gives the newest version.
func version(t testing.TB, s store.Database, want int, wantDirty bool) int {
	t.Helper()
	version, dirty, newest, err := s.SchemaVersion(t.Context())
	require.NoError(t, err)
	require.Equal(t, wantDirty, dirty)
	if want >= 0 {
		require.Equal(t, want, version)
	}
	return newest
}

func schemaUpAndDown(t *testing.T, d Schema) {
	s, address := d.Open(t)
	newest := version(t, s, 0, false)
	require.NoError(t, s.Up(t.Context(), 0))
	version(t, s, newest, false)
	require.NoError(t, s.CheckSchema(t.Context()))
	made := d.Tables(t, address)
	require.Contains(t, made, "issues")
	require.NoError(t, s.Up(t.Context(), 0), "there is nothing left to do")

	f := &fixture{T: t, store: s, address: address, now: s.Now()}
	require.NoError(t, s.RegisterExecutor(t.Context(), me, f.now, f.now.Add(1e12)))
	f.register("orders")
	f.run("orders", reacting, creating("a"))
	require.NoError(t, s.Down(t.Context(), 0), "also with everything in it")
	version(t, s, 0, false)
	require.Equal(t, []string{"schema_migrations"}, d.Tables(t, address))
	require.NoError(t, s.Down(t.Context(), 0))
	require.NoError(t, s.Up(t.Context(), 0))
	require.Equal(t, made, d.Tables(t, address))
}

func schemaSteps(t *testing.T, d Schema) {
	s, _ := d.Open(t)
	newest := version(t, s, 0, false)
	for n := 1; n <= newest; n++ {
		require.NoError(t, s.Up(t.Context(), 1))
		version(t, s, n, false)
	}
	require.NoError(t, s.Up(t.Context(), 5))
	for n := newest - 1; n >= 0; n-- {
		require.NoError(t, s.Down(t.Context(), 1))
		version(t, s, n, false)
	}
	require.NoError(t, s.Down(t.Context(), 5))
}

// refused requires that the schema is refused in words that have these parts.
func refused(t testing.TB, s store.Database, parts ...string) {
	t.Helper()
	err := s.CheckSchema(t.Context())
	require.Error(t, err)
	require.Equal(t, monitor.CodeSchema, monitor.CodeOf(err))
	for _, part := range parts {
		require.ErrorContains(t, err, part)
	}
}

func schemaMissing(t *testing.T, d Schema) {
	s, _ := d.Open(t)
	refused(t, s, "`vedette migrate up`")
	_, err := s.Current(t.Context())
	require.Equal(t, monitor.CodeSchema, monitor.CodeOf(err), "%v", err)
}

func schemaDirty(t *testing.T, d Schema) {
	s, address := d.Open(t)
	require.NoError(t, s.Up(t.Context(), 0))
	d.Exec(t, address, "update schema_migrations set dirty = true")
	newest := version(t, s, -1, true)
	refused(t, s, "half done", "`vedette migrate force")
	err := s.Up(t.Context(), 0)
	require.Equal(t, monitor.CodeSchema, monitor.CodeOf(err))
	require.ErrorContains(t, err, "`vedette migrate force")
	require.Equal(t, monitor.CodeSchema, monitor.CodeOf(s.Down(t.Context(), 1)))
	require.NoError(t, s.Force(t.Context(), newest))
	require.NoError(t, s.CheckSchema(t.Context()))
	version(t, s, newest, false)
}

func schemaNewerCompatible(t *testing.T, d Schema) {
	s, address := d.Open(t)
	require.NoError(t, s.Up(t.Context(), 0))
	d.Exec(t, address, "update schema_migrations set version = 99")
	d.Exec(t, address, "insert into schema_compatibility (version, compatible_from) values (99, 1)")
	require.NoError(t, s.CheckSchema(t.Context()))
	require.NoError(t, s.Up(t.Context(), 0), "it stays as it is")
	version(t, s, 99, false)
	require.Equal(t, monitor.CodeSchema, monitor.CodeOf(s.Down(t.Context(), 1)))
}

func schemaNewer(t *testing.T, d Schema) {
	s, address := d.Open(t)
	require.NoError(t, s.Up(t.Context(), 0))
	d.Exec(t, address, "update schema_migrations set version = 99")
	d.Exec(t, address, "insert into schema_compatibility (version, compatible_from) values (99, 98)")
	refused(t, s, "99", "98", "newer vedette")
}

func schemaNewerUnknown(t *testing.T, d Schema) {
	s, address := d.Open(t)
	require.NoError(t, s.Up(t.Context(), 0))
	d.Exec(t, address, "update schema_migrations set version = 99")
	refused(t, s, "99", "newer vedette")
}

func schemaDamaged(t *testing.T, d Schema) {
	s, address := d.Open(t)
	require.NoError(t, s.Up(t.Context(), 0))
	d.Exec(t, address, "drop table variables")
	refused(t, s, `no table "variables"`, "backup")
}

func schemaForce(t *testing.T, d Schema) {
	s, _ := d.Open(t)
	require.Equal(t, monitor.CodeInvalid, monitor.CodeOf(s.Force(t.Context(), 1000)))
	require.Equal(t, monitor.CodeInvalid, monitor.CodeOf(s.Force(t.Context(), -1)))
	require.NoError(t, s.Up(t.Context(), 0))
	require.NoError(t, s.Force(t.Context(), 0))
	version(t, s, 0, false)
}

func schemaMany(t *testing.T, d Schema) {
	if d.Again == nil {
		t.Skip("one process at a time has the file")
	}
	s, address := d.Open(t)
	var group sync.WaitGroup
	for range 4 {
		other := d.Again(t, address)
		group.Go(func() {
			if err := other.Up(t.Context(), 0); err != nil {
				t.Error(err)
			}
			if err := other.CheckSchema(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	require.NoError(t, s.CheckSchema(t.Context()))
}
