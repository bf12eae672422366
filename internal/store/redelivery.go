package store

import (
	"context"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
)

// Redelivering is what people do about deliveries that went wrong.
type Redelivering interface {
	// Deliveries lists deliveries that are not done yet, or were given up.
	Deliveries(ctx context.Context, f DeliveryFilter, page Page) ([]DeliveryView, error)
	// Redeliver makes dead deliveries open again and due now, as if never tried. It
	// returns how many there were. CodeNotFound if the monitor does not exist, or one
	// of the events has no dead delivery; then nothing is changed.
	Redeliver(ctx context.Context, which Redelivery, now time.Time) (int, error)
}

// DeliveryFilter narrows a list of deliveries. Zero fields do not.
type DeliveryFilter struct {
	Monitor string
	Status  monitor.DeliveryStatus
}

// DeliveryView is a delivery as people see it.
type DeliveryView struct {
	monitor.Delivery
	Status monitor.DeliveryStatus
	// Failure is what went wrong last; empty if nothing did.
	Failure string
}

// Redelivery says which dead deliveries are meant: those of events, or of a
// monitor, or if neither is set all.
type Redelivery struct {
	Events  []int64
	Monitor string
}
