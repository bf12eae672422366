package httpapi

import (
	"encoding/base64"
	"strconv"
	"strings"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

// Paging are the parameters of every list. It is exported, like other inputs that
// are embedded, because huma passes over embedded fields that are not.
type Paging struct {
	Limit  int    `query:"limit" minimum:"1" maximum:"1000" default:"100" doc:"Most items to return."`
	Cursor string `query:"cursor" maxLength:"1000" doc:"next_cursor of the part before."`
}

// list names what is read, to those who share a read; and a list in its cursors,
// so that one of another list is noticed.
type list string

// The lists, and what else is shared.
const (
	monitorList   list = "monitors"
	alertList     list = "alerts"
	urgentList    list = "alerts by priority"
	issueList     list = "issues"
	executionList list = "executions"
	eventList     list = "events"
	deliveryList  list = "deliveries"
	tokenList     list = "tokens"

	notificationList list = "notifications"
	silenceList      list = "silences"

	languageList list = "language"
	activityOf   list = "activity"
	summaryOf    list = "summary"
)

// cursor makes an opaque word of the place after which a list goes on. The place
// is that of a row, not a number of rows, so that nothing is seen twice or missed
// when rows are added.
func (l list) cursor(place string) *string {
	text := base64.RawURLEncoding.EncodeToString([]byte(string(l) + ":" + place))
	return &text
}

func (l list) place(cursor string) (string, error) {
	text, err := base64.RawURLEncoding.DecodeString(cursor)
	name, place, found := strings.Cut(string(text), ":")
	if err != nil || !found || name != string(l) || !isText(place) {
		return "", l.wrong()
	}
	return place, nil
}

// wrong is the error about a cursor that is none of the list's.
func (l list) wrong() error {
	return monitor.Errorf(monitor.CodeInvalid, "cursor: it is not a next_cursor of a list of %s", l)
}

// byName reads the parameters of a list that is ordered by name. One row more is
// asked for than is shown: it tells whether there is a next part.
func (p Paging) byName(l list) (store.Page, error) {
	page := store.Page{Limit: p.Limit + 1}
	if p.Cursor == "" {
		return page, nil
	}
	place, err := l.place(p.Cursor)
	page.AfterName = place
	return page, err
}

// byID reads the parameters of a list that is ordered by id.
func (p Paging) byID(l list) (store.Page, error) {
	page := store.Page{Limit: p.Limit + 1}
	if p.Cursor == "" {
		return page, nil
	}
	place, err := l.place(p.Cursor)
	if err != nil {
		return page, err
	}
	page.BeforeID, err = strconv.ParseInt(place, 10, 64)
	if err != nil || page.BeforeID < 1 {
		return page, l.wrong()
	}
	return page, nil
}

// listByID gives a part of a list that is ordered by id, of the rows that read gives.
func listByID[V, T any](
	p Paging, l list, read func(store.Page) ([]V, error), show func(*V) T, id func(*V) int64,
) (client.Page[T], error) {
	page, err := p.byID(l)
	if err != nil {
		return client.Page[T]{}, err
	}
	rows, err := read(page)
	if err != nil {
		return client.Page[T]{}, err
	}
	return pageOf(l, rows, p.Limit, show, func(row *V) string { return idPlace(id(row)) }), nil
}

// pageOf shows what was read, without the row that was asked for in excess.
func pageOf[V, T any](l list, rows []V, limit int, show func(*V) T, place func(*V) string) client.Page[T] {
	page := client.Page[T]{Items: make([]T, 0, min(len(rows), limit))}
	if len(rows) > limit {
		rows = rows[:limit]
		page.NextCursor = l.cursor(place(&rows[limit-1]))
	}
	for i := range rows {
		page.Items = append(page.Items, show(&rows[i]))
	}
	return page
}

// idPlace is the place of a row in a list that is ordered by id.
func idPlace(id int64) string { return strconv.FormatInt(id, 10) }
