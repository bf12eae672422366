package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// record is a fault that was inflicted.
type record struct {
	fault string
	at    time.Time
	// inflicted is how long it lasted, recovered when nothing waited too long any
	// more, counted from its beginning, and waited the longest that anything did.
	inflicted, recovered, waited time.Duration
}

// result is what a trial came to.
type result struct {
	trial      trial
	began      time.Time
	records    []record
	executions []string
	counts     []string
	// starts are of processes; handedBack are executions.
	starts, handedBack int
	laws, broken       int
	// latest is how late anything was that no fault kept from being done, without what
	// the machine lost meanwhile: heldUp is the part of all time, heldUpMost the most
	// at a time.
	latest     time.Duration
	heldUp     float64
	heldUpMost time.Duration
}

func newResult(t trial) *result { return &result{trial: t, began: time.Now()} }

func (r *result) suffered(record record) { r.records = append(r.records, record) }

func (r *result) note(name string, count int) {
	r.counts = append(r.counts, fmt.Sprintf("%s %d", name, count))
}

// print prints the figures, the faults by their kind.
func (r *result) print(out io.Writer) error {
	t := r.trial
	_, err1 := fmt.Fprintf(out, "\n%s: store %s, queue %s, %d controllers, %d executors, %d monitors, lease %s, seed %d, %s\n",
		t.name, t.store, t.queue, t.controllers, t.executors, t.monitors, t.pace.lease(), t.seed, time.Since(r.began).Round(time.Second))
	_, err2 := fmt.Fprintf(out, "executions: %s, handed back %d; %s; processes started %d\n",
		strings.Join(r.executions, ", "), r.handedBack, strings.Join(r.counts, ", "), r.starts)
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	_, err3 := fmt.Fprintln(table, "fault\ttimes\tlasted at most\tback to normal, median\tat most\tlongest wait")
	err := errors.Join(err1, err2, err3)
	for _, of := range r.byFault() {
		if err == nil {
			err = printFault(table, of)
		}
	}
	_, err4 := fmt.Fprintf(table, "of %d laws %d are broken; the latest after its time, outages aside: %s; the machine was held up %.0f%% of the time, %s at most\n",
		r.laws, r.broken, round(r.latest), 100*r.heldUp, round(r.heldUpMost))
	return errors.Join(err, err4, table.Flush())
}

// byFault gathers the records of each fault, in the order in which they first came.
func (r *result) byFault() (gathered [][]record) {
	at := map[string]int{}
	for _, record := range r.records {
		n, known := at[record.fault]
		if !known {
			n = len(gathered)
			at[record.fault] = n
			gathered = append(gathered, nil)
		}
		gathered[n] = append(gathered[n], record)
	}
	return gathered
}

func printFault(table io.Writer, of []record) error {
	_, lasted := spread(of, func(r record) time.Duration { return r.inflicted })
	median, most := spread(of, func(r record) time.Duration { return r.recovered })
	_, waited := spread(of, func(r record) time.Duration { return r.waited })
	_, err := fmt.Fprintf(table, "%s\t%d\t%s\t%s\t%s\t%s\n", of[0].fault, len(of), round(lasted), round(median), round(most), round(waited))
	return err
}

// spread gives the median and the greatest of some durations.
func spread(of []record, value func(record) time.Duration) (median, most time.Duration) {
	values := make([]time.Duration, len(of))
	for i, r := range of {
		values[i] = value(r)
	}
	slices.Sort(values)
	return values[len(values)/2], values[len(values)-1]
}
