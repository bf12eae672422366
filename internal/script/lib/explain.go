package lib

// What the parameters of builtins mean, for editors. Each builtin here explains
// all of its parameters.

var monitorParameters = map[string]string{
	"model_id_key":                      "the field of the data that identifies an issue",
	"search_cron":                       `when search() is due: "*/15 * * * *", six fields with seconds first, or "@daily"`,
	"update_cron":                       "when update() is due; at least one of the two crons is needed",
	"solvable":                          "issues are solved by is_solved(), else by people",
	"unique":                            "a model id becomes an issue once, ever",
	"missing":                           "what becomes of active issues that a whole update did not return; with \"solve\" search() can take the place of update()",
	"alert":                             "the rule by which alerts get their priority: count_rule(...), age_rule(...), value_rule(...)",
	"dismiss_acknowledge_on_new_issues": "an acknowledged alert that gains issues is not acknowledged any more",
	"max_issues_creation":               "the most issues that one search creates; default: as configured",
	"execution_timeout":                 `how long each routine may take, such as "90s"; default: as configured`,
	"save_events":                       "keep this monitor's events in the history where the configuration says save_events: monitor",
	"notifications":                     "where alerts are shown: a list of receiver(...)",
	"labels":                            `free texts to filter by: {"team": "payments"}`,
}

var receiverParameters = map[string]string{
	"name":                    "a receiver of the configuration",
	"title":                   "heads the message; default: the monitor's name",
	"issues_fields":           "fields of the data that are shown of each issue, in this order",
	"issue_show_limit":        "the most issues that a message lists",
	"min_priority_to_send":    "the least important priority that is shown; default: low",
	"min_priority_to_mention": "the least important priority at which somebody is called upon; default: moderate",
	"mention_on_update":       "call again at each change",
}

var levelParameters = map[string]string{
	"informational": "what has to be passed for this priority; left out, it is never reached",
	"low":           "likewise",
	"moderate":      "likewise",
	"high":          "likewise",
	"critical":      "likewise",
}

var queryParameters = map[string]string{
	"database": "the name of a database: shop is configured as DATABASE_SHOP",
	"sql":      "one statement that only reads",
	"args":     "one for each placeholder ($1 on PostgreSQL, ? elsewhere); a list for any($1), or for in (?)",
	"timeout":  "how long it may take; default: as configured",
	"max_rows": "more rows than this are an error; default: as configured",
}

// with gives both maps as one.
func with(parameters, more map[string]string) map[string]string {
	all := make(map[string]string, len(parameters)+len(more))
	for name, text := range parameters {
		all[name] = text
	}
	for name, text := range more {
		all[name] = text
	}
	return all
}
