package storetest

var fences, takes, claims, losses, actions, versions, leases, deliveries, cleaning, lists, concurrency map[string]func(*fixture)
