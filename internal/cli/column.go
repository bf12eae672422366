package cli

// Text is a column of texts, for tables of what this package does not know.
func Text[T any](title string, of func(*T) string) Column[T] {
	return Column[T]{Title: title, Cell: func(_ *Screen, thing *T) string { return oneLine(of(thing)) }}
}

// Flexible has the column cut where a terminal is too narrow.
func (c Column[T]) Flexible() Column[T] {
	c.flexible = true
	return c
}

// Right aligns the column at the right, for numbers.
func (c Column[T]) Right() Column[T] {
	c.right = true
	return c
}

// ByStatus colours the column's texts by the status that each of them is.
func (c Column[T]) ByStatus(status func(*T) string) Column[T] {
	c.colour = func(thing *T) colour { return statusColour(status(thing)) }
	return c
}
