package sqlstore

import "context"

// pipeline gathers statements that do not need each other's results, so that
// they travel together. What is in it runs by the next flush; it flushes by
// itself when it holds much, so that memory does not grow with the plan.
type pipeline struct {
	conn    Conn
	pending []*Statement
	size    int
}

func (p *pipeline) add(ctx context.Context, statements ...*Statement) error {
	for _, statement := range statements {
		p.pending = append(p.pending, statement)
		for _, argument := range statement.Args {
			if text, ok := argument.(string); ok {
				p.size += len(text)
			}
		}
	}
	if p.size >= batchBytes {
		return p.flush(ctx)
	}
	return nil
}

func (p *pipeline) flush(ctx context.Context) error {
	if len(p.pending) == 0 {
		return nil
	}
	err := p.conn.Do(ctx, p.pending...)
	clear(p.pending)
	p.pending, p.size = p.pending[:0], 0
	return err
}
