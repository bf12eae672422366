package sqlite

import (
	"fmt"
	"strings"

	"modernc.org/sqlite"
)

// guard is the authorizer of one connection. It admits reading and remembers
// what else was asked for, to name it.
type guard struct {
	// denied is the first thing that was not admitted.
	denied string
	// change is the first change of rows that was asked for.
	change string
}

// authorize decides whether a part of a statement may be compiled.
//
// Changes of rows are only noted: the file is read-only and refuses them when
// they run. To deny them here would make R-tree tables unreadable, whose module
// compiles its writing statements before it is first read.
func (g *guard) authorize(action sqlite.AuthorizerActionCode, first, second, _, _ string) sqlite.AuthorizerReturnCode {
	switch action {
	case sqlite.AuthSelect, sqlite.AuthRead, sqlite.AuthRecursive:
		return sqlite.AuthorizerOK
	case sqlite.AuthInsert, sqlite.AuthUpdate, sqlite.AuthDelete:
		g.noteChange(action, first)
		return sqlite.AuthorizerOK
	case sqlite.AuthFunction:
		if !strings.EqualFold(second, "load_extension") {
			return sqlite.AuthorizerOK
		}
		return g.deny("load_extension()")
	case sqlite.AuthPragma:
		if reads(first, second) {
			return sqlite.AuthorizerOK
		}
		return g.deny("PRAGMA " + first)
	default:
		return g.deny(describe(action, first, second))
	}
}

func (g *guard) deny(what string) sqlite.AuthorizerReturnCode {
	if g.denied == "" {
		g.denied = what
	}
	return sqlite.AuthorizerDeny
}

func (g *guard) noteChange(action sqlite.AuthorizerActionCode, table string) {
	if g.change == "" {
		verb := map[sqlite.AuthorizerActionCode]string{
			sqlite.AuthInsert: "INSERT into", sqlite.AuthUpdate: "UPDATE of", sqlite.AuthDelete: "DELETE from",
		}[action]
		g.change = fmt.Sprintf("%s %s", verb, table)
	}
}

// describe names what is denied, in the words of the statement where they are
// few.
func describe(action sqlite.AuthorizerActionCode, first, second string) string {
	switch action {
	case sqlite.AuthAttach:
		return "ATTACH or VACUUM" // VACUUM attaches a database of its own
	case sqlite.AuthDetach:
		return "DETACH"
	case sqlite.AuthTransaction:
		return first // BEGIN, COMMIT, ROLLBACK
	case sqlite.AuthSavepoint:
		return "SAVEPOINT " + second
	case sqlite.AuthAnalyze:
		return "ANALYZE"
	case sqlite.AuthReindex:
		return "REINDEX"
	case sqlite.AuthAlterTable:
		return "ALTER TABLE " + second
	default:
		return strings.TrimSpace("a change of the schema: " + first)
	}
}

// reads tells whether a PRAGMA only tells something. Those that take the name of
// a table are in the first list, those that would set what they are given in the
// second.
func reads(pragma, argument string) bool {
	switch strings.ToLower(pragma) {
	case "table_info", "table_xinfo", "table_list", "index_list", "index_info", "index_xinfo", "foreign_key_list",
		"foreign_key_check", "integrity_check", "quick_check", "database_list", "collation_list", "function_list",
		"module_list", "pragma_list", "compile_options":
		return true
	case "user_version", "schema_version", "data_version", "application_id", "encoding", "page_count", "page_size",
		"freelist_count", "journal_mode":
		return argument == ""
	default:
		return false
	}
}
