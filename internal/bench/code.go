package main

// code is a monitor that has all it takes to go through every kind of run. It is
// due at once, and then for an update in every second.
const code = `"""Orders that were paid and never delivered."""

monitor(
    model_id_key = "order_id",
    search_cron = "0 0 1 1 *",
    update_cron = "* * * * * *",
    max_issues_creation = 1000000,
    execution_timeout = "10m",
    alert = count_rule(low = 0, moderate = 10, high = 100, critical = 1000),
)

def search():
    return query("orders", "select")

def update(issues):
    return query("orders", "select")

def is_solved(issue):
    return issue["done"]
`

// hourlyCode is a monitor that is due once an hour, as most are.
const hourlyCode = `"""Orders that were paid and never delivered."""

monitor(
    model_id_key = "order_id",
    search_cron = "0 * * * *",
    alert = count_rule(low = 0, moderate = 10, high = 20, critical = 30),
    max_issues_creation = 1000000,
)

def search():
    return query("orders", "select order_id, status, customer, amount, note, done from orders where status = 'awaiting_delivery'")

def is_solved(issue):
    return issue["status"] == "completed"

def on_issue_created(event):
    log.info("order without delivery", order_id = event.data["model_id"])
`

// yearlyCode is a monitor that has been run once when a measurement begins, and
// is not due again while it lasts.
const yearlyCode = `"""Orders that were paid and never delivered."""

monitor(
    model_id_key = "order_id",
    search_cron = "0 0 1 1 *",
    alert = count_rule(low = 0, moderate = 10, high = 20, critical = 30),
    max_issues_creation = 1000000,
)

def search():
    return query("orders", "select")

def is_solved(issue):
    return issue["done"]
`
