package datasourcetest

import "testing"

// Run tests an adapter.
func Run(t *testing.T, d Driver) {
	t.Helper()
	for name, test := range map[string]func(*testing.T, Driver){
		"R08 rows are objects in column order":          testRows,
		"two columns of one name":                       testColumns,
		"a wrong statement says what is wrong":          testWrongStatement,
		"one statement at a time":                       testOneStatement,
		"every write is refused":                        testWrites,
		"nothing a statement does reaches the next":     testWritesLeaveNothing,
		"more rows than allowed":                        testRowLimit,
		"more bytes than allowed":                       testByteLimit,
		"a statement that takes too long":               testTimeouts,
		"a cancelled query":                             testCancel,
		"no free connection":                            testAcquire,
		"many at once":                                  testConcurrency,
		"a database that is away":                       testAway,
		"a malformed address":                           testMalformed,
		"arguments arrive as what they are":             testArguments,
		"lists":                                         testLists,
		"placeholders in strings and comments are none": testQuotedPlaceholders,
		"a wrong number of arguments":                   testArgumentCount,
		"tables and columns":                            testTables,
		"tables of a database that is away":             testTablesFail,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, d)
		})
	}
}
