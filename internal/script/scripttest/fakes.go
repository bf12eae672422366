package scripttest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"go.starlark.net/starlark"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
)

// shownSQL is how much of a statement is shown in a message.
const shownSQL = 300

// fake answers the queries on a database whose statement has a part in it.
type fake struct {
	database string
	// part has single spaces for white space.
	part string
	// One of these is the answer.
	rows     monitor.Rows
	function starlark.Callable
	failure  *monitor.Failure
	// scope is where function was handed in.
	scope *script.Scope
}

// fakes are those of one test, with the queries that were made. They are safe for
// concurrent use.
type fakes struct {
	files monitor.Files

	mu      sync.Mutex
	list    []fake
	queries []monitor.Query
	noted   noted
	// calling is held while a fake's function runs. What it shares with the test and
	// with its other calls is then used by nobody else.
	calling sync.Mutex
}

// add takes a fake; sql is the name of a file or a part of the statement.
func (f *fakes) add(sql string, answer fake) error {
	if text, ok := f.files[sql]; ok {
		sql = text
	} else if strings.HasSuffix(sql, ".sql") {
		return fmt.Errorf("there is no file %q in the monitor's folder%s", sql, script.DidYouMean(sql, f.names()))
	}
	answer.part = singleSpaced(sql)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.list = append(f.list, answer)
	return nil
}

func (f *fakes) names() []string {
	var names []string
	for name := range f.files {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func singleSpaced(sql string) string { return strings.Join(strings.Fields(sql), " ") }

// answer gives what the last fake that matches says. If there is none, or if its
// function fails, the failure is one that code cannot catch: the test is at fault,
// not the database.
func (f *fakes) answer(ctx context.Context, host script.Host, q monitor.Query) (monitor.Rows, error) {
	answer, full := f.take(q)
	switch {
	case full != nil:
		return nil, full
	case answer == nil:
		sql := singleSpaced(q.SQL)
		if len(sql) > shownSQL {
			sql = strings.ToValidUTF8(sql[:shownSQL], "") + "..."
		}
		return nil, atFault("no fake_query() answers the query on %q: %s", q.Database, sql)
	case answer.failure != nil:
		return nil, answer.failure
	}
	rows := answer.rows
	if answer.function != nil {
		var err error
		if rows, err = f.call(ctx, host, answer, q); err != nil {
			return nil, atFault("the function that fakes the query on %q failed: %v", q.Database, err)
		}
	}
	if q.MaxRows > 0 && len(rows) > q.MaxRows {
		return nil, &monitor.Failure{Kind: monitor.FailureQuery, Message: fmt.Sprintf("more rows than the limit of %d (max_rows): the fake has %d", q.MaxRows, len(rows))}
	}
	return rows, nil
}

// atFault is a failure of the test itself. The kind is one that attempt() lets
// pass.
func atFault(format string, args ...any) *monitor.Failure {
	return &monitor.Failure{Kind: monitor.FailureCancelled, Message: fmt.Sprintf(format, args...)}
}

// noted counts what is kept of queries or calls, for the test to look at.
type noted int

// maxNoted bounds it: code can make up long statements, and many.
const maxNoted = 64 << 20

// add fails the test if that is too much.
func (n *noted) add(texts ...string) *monitor.Failure {
	for _, text := range texts {
		*n += noted(len(text))
	}
	if *n > maxNoted {
		return atFault("the queries or calls of the test are more than %d MiB together", maxNoted>>20)
	}
	return nil
}

// take notes the query and finds its fake, or nil. It is a failure if there is no
// room for the note.
func (f *fakes) take(q monitor.Query) (*fake, *monitor.Failure) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if full := f.noted.add(textsOf(q)...); full != nil {
		return nil, full
	}
	f.queries = append(f.queries, q)
	sql := singleSpaced(q.SQL)
	for i := len(f.list) - 1; i >= 0; i-- {
		if f.list[i].database == q.Database && strings.Contains(sql, f.list[i].part) {
			found := f.list[i]
			return &found, nil
		}
	}
	return nil, nil
}

// textsOf are the statement and those of the arguments that can be long.
func textsOf(q monitor.Query) []string {
	texts := []string{q.SQL}
	for _, arg := range q.Args {
		list, isList := arg.([]any)
		if !isList {
			list = []any{arg}
		}
		for _, element := range list {
			switch element := element.(type) {
			case string:
				texts = append(texts, element)
			case monitor.Data:
				texts = append(texts, string(element))
			}
		}
	}
	return texts
}

// call asks a fake's function, on a thread of its own: the test's is waiting.
func (f *fakes) call(ctx context.Context, host script.Host, answer *fake, q monitor.Query) (monitor.Rows, error) {
	args, err := argumentsOf(q)
	if err != nil {
		return nil, err
	}
	f.calling.Lock()
	defer f.calling.Unlock()
	value, err := answer.scope.CallApart(ctx, host, answer.function, starlark.Tuple{args})
	if err != nil {
		return nil, err
	}
	return rowsOf(answer.scope, value)
}

// made gives the queries so far.
func (f *fakes) made() []monitor.Query {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.queries)
}
