package datasource_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/datasource"
	"github.com/vedettehq/vedette/internal/monitor"
)

func TestDescribed_GathersTheColumnsOfEachTable(t *testing.T) {
	t.Parallel()
	tables, err := datasource.Described(monitor.Rows{
		`{"schema":"a","name":"t","reference":"a.t","kind":"table","column":"id","type":"bigint","required":true}`,
		`{"schema":"a","name":"t","reference":"a.t","kind":"table","column":"note","type":null,"required":0}`,
		`{"schema":"b","name":"t","reference":"t","kind":"view","column":null,"type":null,"required":0}`,
	})
	require.NoError(t, err)
	require.Equal(t, []datasource.Table{
		{Schema: "a", Name: "t", Reference: "a.t", Kind: "table", Columns: []datasource.Column{
			{Name: "id", Type: "bigint"}, {Name: "note", Nullable: true},
		}},
		{Schema: "b", Name: "t", Reference: "t", Kind: "view"},
	}, tables)
}

func TestDescribed_WhatIsNoDescriptionIsAnError(t *testing.T) {
	t.Parallel()
	_, err := datasource.Described(monitor.Rows{`{"name":7}`})
	require.ErrorContains(t, err, "read the description of a column")
}
