package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"
)

// counters are sums of a process's metrics over their labels.
type counters map[string]float64

// scrape reads the metrics of all processes that answer. What a process counted
// after it was read for the last time is not known: figures are at least so much.
func (i *installation) scrape(ctx context.Context) {
	for _, m := range i.members {
		if text, err := read(ctx, m.instance.URL()+"/metrics"); err == nil {
			i.seen[fmt.Sprint(m.name, " ", m.starts)] = parseMetrics(text)
		}
	}
}

func parseMetrics(text string) counters {
	sums := counters{}
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		space := strings.LastIndexByte(line, ' ')
		if strings.HasPrefix(line, "#") || space < 0 {
			continue
		}
		value, err := strconv.ParseFloat(line[space+1:], 64)
		if err != nil {
			continue
		}
		name, _, _ := strings.Cut(line[:space], "{")
		sums[name] += value
	}
	return sums
}

// counted is a counter over all processes.
func (i *installation) counted(name string) (sum int) {
	for _, c := range i.seen {
		sum += int(c[name])
	}
	return sum
}
