// Package acting does what people ask for with monitors, alerts and issues, in one
// transaction each, wherever they ask: over the API or in a chat.
//
// It goes by what the monitor's current version declares, and never compiles code
// (R76). It must not know who may ask for what, nor how people are answered.
package acting
