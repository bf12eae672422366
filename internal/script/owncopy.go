package script

import "go.starlark.net/starlark"

// copyItems gives each call of parallel an item of its own, as long as the copies
// fit into memory.
func (f *fork) copyItems(items []starlark.Value) error {
	bytes := int64(0)
	for i, item := range items {
		c := copier{scope: f.parent, bytes: bytes}
		copied, err := c.copy(item, 0)
		if err != nil {
			return err
		}
		f.items[i], bytes = copied, c.bytes
	}
	return nil
}

// copier copies what can be changed, and freezes what cannot be copied. What is
// referred to twice is copied once, so the copy is no larger than its origin, and
// one that contains itself ends. It gives up on what is nested too deeply, which is
// frozen instead.
type copier struct {
	scope *Scope
	// known are the copies of lists, tuples and dicts.
	known map[identity]starlark.Value
	// bytes is what the copies take so far.
	bytes int64
}

func (c *copier) copy(value starlark.Value, depth int) (starlark.Value, error) {
	if depth > maxEncodedNesting {
		value.Freeze()
		return value, nil
	}
	switch value := value.(type) {
	case *starlark.List:
		return c.list(value, depth)
	case starlark.Tuple:
		return c.tuple(value, depth)
	case *starlark.Dict:
		return c.dict(value, depth)
	}
	value.Freeze()
	return value, nil
}

// take asks for the memory of a copy.
func (c *copier) take(bytes int64) error {
	c.bytes += bytes
	return c.scope.Reserve(c.bytes)
}

func (c *copier) remember(origin identity, copied starlark.Value) {
	if c.known == nil {
		c.known = map[identity]starlark.Value{}
	}
	c.known[origin] = copied
}

func (c *copier) list(list *starlark.List, depth int) (starlark.Value, error) {
	if copied, ok := c.known[identityOf(list)]; ok {
		return copied, nil
	}
	if err := c.take(sizeOfList + int64(list.Len())*sizeOfValue); err != nil {
		return nil, err
	}
	elements := make([]starlark.Value, list.Len())
	copied := starlark.NewList(elements)
	c.remember(identityOf(list), copied)
	for i := range elements {
		var err error
		if elements[i], err = c.copy(list.Index(i), depth+1); err != nil {
			return nil, err
		}
	}
	return copied, nil
}

// tuple copies a tuple, which may hold what can be changed.
func (c *copier) tuple(tuple starlark.Tuple, depth int) (starlark.Value, error) {
	if len(tuple) == 0 {
		return tuple, nil
	}
	if copied, ok := c.known[identityOfTuple(tuple)]; ok {
		return copied, nil
	}
	if err := c.take(int64(len(tuple)) * sizeOfValue); err != nil {
		return nil, err
	}
	elements := make(starlark.Tuple, len(tuple))
	for i, element := range tuple {
		var err error
		if elements[i], err = c.copy(element, depth+1); err != nil {
			return nil, err
		}
	}
	c.remember(identityOfTuple(tuple), elements)
	return elements, nil
}

func (c *copier) dict(dict *starlark.Dict, depth int) (starlark.Value, error) {
	if copied, ok := c.known[identityOf(dict)]; ok {
		return copied, nil
	}
	if err := c.take(sizeOfDict(dict.Len())); err != nil {
		return nil, err
	}
	copied := starlark.NewDict(dict.Len())
	c.remember(identityOf(dict), copied)
	for key, element := range dict.Entries() {
		own, err := c.copy(element, depth+1)
		if err != nil {
			return nil, err
		}
		if err := copied.SetKey(key, own); err != nil {
			return nil, err
		}
	}
	return copied, nil
}
