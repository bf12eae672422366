// Package internal is the house. A run walks through it once, downwards:
//
//	controller   finds what is due: store.ClaimDue creates the executions
//	queue        rings the bell: "there is work"; it may ring late, twice, or not at all
//	executor     takes an execution, under a lease and with a token
//	catalog      has the version's code compiled
//	run          loads a snapshot, calls update, search and is_solved
//	script       runs the code: Starlark in, data out
//	lifecycle    decides: snapshot + outcome + now → plan; pure
//	store        commits the plan in one transaction, with its events
//	delivery     tells reactions what happened
//	notifier     keeps what people are shown of alerts up to date
//
// What people do takes the short way: httpapi, or a chat's notify.Listen → acting
// → store.Change with a pure function of lifecycle. monitor holds the words that all
// of them share.
//
// Packages are layered, and a linter holds the layers (.golangci.yml):
//
//	0  monitor pause plugin telemetry dashboard shop, migrations
//	1  lifecycle script client patch egress, and the ports store queue datasource notify
//	2  store/sqlstore script/lib catalog delivery notifier acting cli, and the adapters of the ports
//	3  run rollout editor, and on top of it trial
//	4  controller executor httpapi shell script/scripttest
//	5  config app
//	6  plugins authoring
//	7  cmd
//
// A package imports only what is below its layer; adapters are reached through
// their port, and are wired by plugins and cmd.
package internal
