package shop

// product is something that is sold.
type product struct {
	name       string
	priceCents int64
	stock      int64
	demand     int64
}

// products are what is sold. The first is what everybody wants, and soon runs
// out; the last is dear enough for an order to be looked at by hand.
var products = []product{
	{"House blend, 250 g", 790, 25, 40},
	{"Dark roast, 250 g", 850, 400, 15},
	{"Decaf, 250 g", 820, 300, 8},
	{"Paper filters, 100", 390, 500, 12},
	{"Hand grinder", 5490, 120, 8},
	{"Moka pot", 3290, 150, 8},
	{"Milk jug", 1990, 200, 6},
	{"Espresso machine", 64900, 80, 3},
}

var (
	firstNames = []string{"Ada", "Ben", "Chloe", "Dmitri", "Elif", "Femi", "Greta", "Hugo"}
	lastNames  = []string{"Arnold", "Bianchi", "Castro", "Demir", "Eriksen", "Fischer"}
)

// The carriers. A parcel given to the slow one arrives when somebody asks for it.
const (
	swiftCarrier = "Swift Parcels"
	slowCarrier  = "Snail Mail"
)
