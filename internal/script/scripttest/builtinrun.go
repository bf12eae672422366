package scripttest

import (
	"fmt"
	"slices"
	"strings"

	"go.starlark.net/starlark"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
)

// runs are the builtins that call the monitor as the platform does.
func runs() []script.Builtin {
	return []script.Builtin{
		{
			Signature: `run(tasks: list[Literal["search", "update"]] | None = None, issues: list[dict[str, Any]] = []) -> Struct`,
			Doc:       "Runs the monitor on what earlier runs left and on these active issues; gives the plan. Without tasks: all it has.",
			Run:       runMonitor,
		},
		{
			Signature: "event(name: str, data: dict[str, Any] = {}, extra: dict[str, Any] = {}, source_id: int = 1) -> Struct",
			Doc:       "Calls the monitor's reaction to an event; gives its .variables, .log and .error.",
			Run:       callReaction,
		},
	}
}

func runMonitor(s *script.Scope, a *script.Args) (starlark.Value, error) {
	w, err := worldOf(s, "run")
	if err != nil {
		return nil, err
	}
	program, err := w.compiled()
	if err != nil {
		return nil, err
	}
	declaration := program.Declaration()
	tasks, err := tasksArgument(a, declaration.Tasks())
	if err != nil {
		return nil, err
	}
	issues, err := objectsOf(s, "issue", starlark.NewList(a.List("issues")))
	if err != nil {
		return nil, fmt.Errorf("run(): %w", err)
	}
	if err := w.state.add(issues, declaration.Options.ModelIDKey, w.Now()); err != nil {
		return nil, fmt.Errorf("run(): %w", err)
	}
	return w.run(s, program, tasks)
}

// tasksArgument reads which tasks to do: by default all that the monitor has.
func tasksArgument(a *script.Args, known monitor.Tasks) (monitor.Tasks, error) {
	var names []string
	for _, value := range a.List("tasks") {
		name, ok := starlark.AsString(value)
		if !ok {
			a.Refuse("tasks", `must be a list of "search" and "update", not of %s`, script.Describe(value))
		}
		names = append(names, name)
	}
	if err := a.Err(); err != nil || !a.Has("tasks") {
		return known, err
	}
	tasks, err := monitor.ParseTasks(names)
	if err != nil {
		return 0, fmt.Errorf("run(): %w", err)
	}
	if missing := tasks &^ known; missing != 0 {
		return 0, fmt.Errorf("run(): the monitor has no function %s()", strings.Join(missing.Names(), "(), "))
	}
	if tasks == 0 {
		return 0, fmt.Errorf(`run(): no tasks: leave them out to do all, or name "search" or "update"`)
	}
	return tasks, nil
}

func callReaction(s *script.Scope, a *script.Args) (starlark.Value, error) {
	w, err := worldOf(s, "event")
	if err != nil {
		return nil, err
	}
	program, err := w.compiled()
	if err != nil {
		return nil, err
	}
	event, err := eventArgument(s, a, program.Declaration().Reactions)
	if err != nil {
		return nil, fmt.Errorf("event(): %w", err)
	}
	event.MonitorID, event.MonitorName = w.state.monitor.ID, w.state.monitor.Name
	return w.react(s, program, event)
}

// eventArgument reads the event that a reaction is to be called with.
func eventArgument(s *script.Scope, a *script.Args, reactions []monitor.EventName) (*monitor.EventRecord, error) {
	name, id := a.String("name"), a.Int("source_id", 1)
	if err := a.Err(); err != nil {
		return nil, err
	}
	event := &monitor.EventRecord{Name: monitor.EventName(name), SourceID: int64(id)}
	if !slices.Contains(reactions, event.Name) {
		known := make([]string, len(reactions))
		for i, reaction := range reactions {
			known[i] = string(reaction)
		}
		return nil, fmt.Errorf("the monitor has no function on_%s()%s", name, script.DidYouMean(name, known))
	}
	source, _, _ := strings.Cut(name, "_")
	event.Source = monitor.EventSource(source)
	for argument, into := range map[string]*monitor.Data{"data": &event.Data, "extra": &event.Extra} {
		if !a.Has(argument) {
			continue
		}
		var err error
		if *into, err = objectOf(s, a.Value(argument)); err != nil {
			a.Refuse(argument, "%v", err)
		}
	}
	return event, a.Err()
}
