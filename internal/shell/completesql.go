package shell

import (
	"context"
	"regexp"
	"strings"

	"github.com/vedettehq/vedette/internal/client"
)

// sqlWords are completed in statements.
var sqlWords = []string{
	"and", "as", "asc", "between", "by", "case", "count(", "desc", "distinct", "else", "end", "exists", "from", "group by", "having",
	"in", "is", "join", "left join", "like", "limit", "not", "null", "on", "or", "order by", "select", "sum(", "then", "union", "when", "where", "with",
}

var (
	// statementWord is what a statement ends with that may become a longer name.
	statementWord = regexp.MustCompile(`[\pL\d_."\\]*$`)
	// mention is a table behind from or join, with its alias if it has one.
	mention = regexp.MustCompile(`(?i)\b(?:from|join)\s+(\\?"[^"\\]*\\?"|[\pL\d_.]+)(?:\s+(?:as\s+)?([\pL_][\pL\d_]*))?`)
	// wantsTable is what a table has to follow.
	wantsTable = regexp.MustCompile(`(?i)\b(?:from|join)\s+$`)
	plainName  = regexp.MustCompile(`^[a-z_][a-z0-9_]*$`)
)

// completeStatement completes in a statement: tables where one has to follow, else
// also the columns of those that the statement mentions, and words of SQL.
func (s *Shell) completeStatement(ctx context.Context, at *place, database, text string) (candidates []Candidate, word string) {
	tables := s.schemas.tablesOf(ctx, database)
	word = statementWord.FindString(at.written)
	lead := strings.TrimSuffix(at.written, word)
	mentioned := mentions(tables, text)
	if owner, column, ok := cutLast(word, '.'); ok && mentioned[owner] != nil {
		candidates = columns(mentioned[owner], owner+".")
		return matching(quotedFor(at.quote, candidates), owner+"."+column), word
	}
	for _, table := range tables {
		candidates = append(candidates, Candidate{Value: table.Reference, Description: table.Kind, Open: true})
	}
	if !wantsTable.MatchString(lead) {
		if len(mentioned) == 0 { // the tables come later, behind from
			for i := range tables {
				candidates = append(candidates, columns(&tables[i], "")...)
			}
		}
		for _, table := range mentioned {
			candidates = append(candidates, columns(table, "")...)
		}
		for _, w := range sqlWords {
			candidates = append(candidates, Candidate{Value: w, Open: true})
		}
	}
	return matching(quotedFor(at.quote, candidates), word), word
}

// mentions finds the tables that a text mentions, by what they are called there.
func mentions(tables []client.Table, text string) map[string]*client.Table {
	found := map[string]*client.Table{}
	for _, match := range mention.FindAllStringSubmatch(text, -1) {
		for i := range tables {
			table := &tables[i]
			name := strings.ReplaceAll(match[1], `\`, "")
			if !strings.EqualFold(name, table.Reference) && !strings.EqualFold(name, table.Name) {
				continue
			}
			found[match[1]] = table
			if match[2] != "" {
				found[match[2]] = table
			}
		}
	}
	return found
}

func columns(table *client.Table, lead string) []Candidate {
	candidates := make([]Candidate, len(table.Columns))
	for i, column := range table.Columns {
		name := column.Name
		if !plainName.MatchString(name) {
			name = `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
		}
		candidates[i] = Candidate{Value: lead + name, Description: strings.TrimSpace(table.Name + " " + column.Type), Open: true}
	}
	return candidates
}

// quotedFor writes quotes so that they do not end the text they are in.
func quotedFor(quote string, candidates []Candidate) []Candidate {
	if quote != `"` {
		return candidates
	}
	for i := range candidates {
		candidates[i].Value = strings.ReplaceAll(candidates[i].Value, `"`, `\"`)
	}
	return candidates
}
