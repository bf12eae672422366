package shop

import "time"

// rates are how often things go wrong, as parts of all cases.
type rates struct {
	declined     float64
	doubleCharge float64
	noInvoice    float64
	stuck        float64
	slowCarrier  float64
	wrongRefund  float64
}

// usual makes a problem of each kind within the first minute or two, at about one
// order a second.
var usual = rates{declined: 0.08, doubleCharge: 0.06, noInvoice: 0.08, stuck: 0.16, slowCarrier: 0.07, wrongRefund: 0.4}

// perfect is a shop without mistakes.
var perfect rates

// How likely an order goes a stage further in one step, and how long it takes at
// least.
const (
	secondOrder   = 0.2
	paySoon       = 0.4
	payAgain      = 0.04
	shipSoon      = 0.4
	deliverSoon   = 0.25
	askRefund     = 0.15
	payAfter      = 2 * time.Second
	shipAfter     = 2 * time.Second
	deliverAfter  = 4 * time.Second
	giveUpPaying  = 75 * time.Second
	cancelledPart = 0.2
)

// The back office takes each kind of problem up every so many steps, mends this
// part of what has been wrong for this long, and leaves the rest for the next time.
const (
	mendedPart   = 0.85
	mendStuck    = 70
	mendCharges  = 45
	mendInvoices = 80
	mendRefunds  = 60
	mendParcels  = 55
	restock      = 50
	wrongFor     = 15 * time.Second
	// lowStock is when something is ordered, and refilledStock what there is then.
	lowStock      = 10
	refilledStock = 90
)

// keepOrders is how many orders there are before old ones are removed, and
// pruneEvery after how many steps that is looked at.
const (
	keepOrders = 3000
	pruneEvery = 60
)
