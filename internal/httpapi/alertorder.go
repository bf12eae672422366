package httpapi

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

// alertOrder is an order in which alerts are listed, and how a list goes on.
type alertOrder struct {
	list list
	// page reads the parameters of the list, place is where an alert stands in it.
	page  func(Paging) (store.Page, error)
	place func(*store.AlertView) string
}

// The orders.
var (
	newestAlerts = alertOrder{
		list:  alertList,
		page:  func(p Paging) (store.Page, error) { return p.byID(alertList) },
		place: func(v *store.AlertView) string { return idPlace(v.ID) },
	}
	urgentAlerts = alertOrder{
		list:  urgentList,
		page:  Paging.byPriority,
		place: func(v *store.AlertView) string { return fmt.Sprintf("%d %d", v.Priority, v.ID) },
	}
)

// byPriority reads the parameters of a list of alerts that is ordered by priority.
func (p Paging) byPriority() (store.Page, error) {
	page := store.Page{Limit: p.Limit + 1}
	if p.Cursor == "" {
		return page, nil
	}
	place, err := urgentList.place(p.Cursor)
	if err != nil {
		return page, err
	}
	first, second, _ := strings.Cut(place, " ")
	priority, err1 := strconv.Atoi(first)
	id, err2 := strconv.ParseInt(second, 10, 64)
	page.AfterPriority, page.BeforeID = monitor.Priority(priority), id
	if err1 != nil || err2 != nil || id < 1 || priority < int(monitor.Critical) || priority > int(monitor.Informational) {
		return page, urgentList.wrong()
	}
	return page, nil
}
