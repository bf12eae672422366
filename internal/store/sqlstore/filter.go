package sqlstore

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// filter collects the conditions of a list and their arguments.
type filter struct {
	conditions []string
	args       []any
}

// add adds a condition in which %s stands for the argument.
func (f *filter) add(condition string, arg any) {
	f.conditions = append(f.conditions, fmt.Sprintf(condition, f.arg(arg)))
}

// arg adds an argument and says how a statement refers to it.
func (f *filter) arg(arg any) string {
	f.args = append(f.args, arg)
	return fmt.Sprintf("$%d", len(f.args))
}

// plain adds a condition without an argument.
func (f *filter) plain(condition string) { f.conditions = append(f.conditions, condition) }

// where is the clause, or nothing.
func (f *filter) where() string {
	if len(f.conditions) == 0 {
		return ""
	}
	return " where " + strings.Join(f.conditions, " and ")
}

// monitor narrows to the monitor of a name: the one that has it, or else the last
// that had it, since history stays readable (R66).
func (f *filter) monitor(column, name string) {
	if name != "" {
		f.plain(column + " = " + idOfName(f.arg(name)))
	}
}

// idOfName is the id of the monitor that a name in lists and filters means.
func idOfName(arg string) string {
	return `(select n.id from monitors n where n.name = ` + arg + ` order by n.archived_at is not null, n.id desc limit 1)`
}

// named narrows to monitors m with a text in their name.
func (f *filter) named(text string) {
	if text != "" {
		f.add(`m.name like %s escape '\'`, "%"+likeEscaper.Replace(text)+"%")
	}
}

var likeEscaper = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// labelled narrows to what has labels with these values; declaration refers to the
// monitor's.
func (f *filter) labelled(declaration string, labels map[string]string) {
	for _, label := range slices.Sorted(maps.Keys(labels)) {
		f.add(declaration+" -> 'options' -> 'labels' ->> "+f.arg(label)+" = %s", labels[label])
	}
}

// before continues a list that is ordered by id, newest first.
func (f *filter) before(column string, id int64) {
	if id != 0 {
		f.add(column+" < %s", id)
	}
}
