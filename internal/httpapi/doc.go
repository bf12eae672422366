// Package httpapi serves people and machines over HTTP: the API with its OpenAPI
// document, health, metrics, and the dashboard's files.
//
// Each resource has a file. What people do is decided by lifecycle, under the
// store's locks; here it is only asked for in their name. This is the one place
// where error codes become statuses.
//
// It must not know which store or queue it is given, nor how monitors run: what
// it says about a monitor's code is what the code declared when it was registered.
package httpapi
