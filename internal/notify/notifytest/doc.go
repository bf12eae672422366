// Package notifytest holds what every target must do, against a stand-in for its
// service that is spoken to over the network.
//
// It must not know any one service.
package notifytest
