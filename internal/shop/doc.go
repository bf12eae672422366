// Package shop is a sample business: a small SQLite database of orders, payments,
// shipments, invoices and refunds, and a simulator that keeps trading in it. It
// makes the mistakes that real shops make, and a back office mends most of them a
// minute later, so that whoever starts vedette for the first time sees problems
// come, grow and go.
//
// It must not know vedette: monitors look at it as they would at any database.
package shop
