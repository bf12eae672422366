package script

import "slices"

var comparisonSigns = []string{"==", "!=", "<", ">", "<=", ">="}

// comparisons finds a < x < b.
func (f *habitFinder) comparisons() {
	t := f.at(0)
	for len(f.compared) <= t.depth {
		f.compared = append(f.compared, false)
	}
	opensBracket := t.kind == signToken && slices.Contains([]string{"(", "[", "{"}, t.text)
	if opensBracket {
		f.compared = append(f.compared[:t.depth+1], false)
		return
	}
	f.compared = f.compared[:t.depth+1]
	switch {
	case f.isComparison():
		if f.compared[t.depth] {
			f.hint(t, "comparisons cannot be chained: write a < x and x < b")
		}
		f.compared[t.depth] = true
	case f.endsComparison():
		f.compared[t.depth] = false
	}
}

func (f *habitFinder) isComparison() bool {
	t := f.at(0)
	if t.kind == signToken {
		return slices.Contains(comparisonSigns, t.text)
	}
	return t.kind == wordToken && t.text == "in" && !f.belongsToFor()
}

// belongsToFor tells whether an in is that of for x in xs.
func (f *habitFinder) belongsToFor() bool {
	for offset := -1; offset > -100; offset-- {
		switch t := f.at(offset); {
		case t.kind == wordToken && t.text == "for":
			return true
		case t.kind == newlineToken, t.kind == wordToken && (t.text == "in" || t.text == "if"):
			return false
		}
	}
	return false
}

func (f *habitFinder) endsComparison() bool {
	t := f.at(0)
	switch t.kind {
	case newlineToken:
		return true
	case wordToken:
		return slices.Contains([]string{"and", "or", "not", "if", "else", "for", "return", "lambda", "elif", "while"}, t.text) && !f.isNotIn()
	case signToken:
		return slices.Contains([]string{",", ":", "=", ";"}, t.text)
	default:
		return false
	}
}

// isNotIn tells whether a not is that of x not in xs.
func (f *habitFinder) isNotIn() bool {
	return f.at(0).text == "not" && f.at(1).text == "in"
}

// annotations finds the types of parameters, results and variables.
func (f *habitFinder) annotations() {
	const message = "there are no type annotations: leave them out"
	t := f.at(0)
	switch {
	case t.kind == wordToken && t.text == "def":
		f.inDef = t.depth + 1
	case t.kind == signToken && t.text == "->":
		f.hint(t, message)
	case t.kind == signToken && t.text == ")" && t.depth < f.inDef:
		f.inDef = 0
	case t.kind == signToken && t.text == ":" && f.inDef > 0 && t.depth == f.inDef && f.at(-1).kind == wordToken && !f.isLambda():
		f.hint(t, message)
	case t.kind == signToken && t.text == ":" && t.depth == 0 && f.isVariable():
		f.hint(t, message)
	}
}

// isLambda tells whether a colon is that of a lambda. Those in the default of a
// parameter are short.
func (f *habitFinder) isLambda() bool {
	for offset := -1; offset > -20; offset-- {
		switch t := f.at(offset); {
		case t.kind == wordToken && t.text == "lambda":
			return true
		case t.kind == newlineToken, t.text == "(":
			return false
		}
	}
	return false
}

// isVariable tells whether a colon follows a name at the start of a statement.
func (f *habitFinder) isVariable() bool {
	name := f.at(-1)
	before := f.at(-2)
	return name.kind == wordToken && before.kind == newlineToken &&
		!slices.Contains([]string{"else", "try", "finally", "except"}, name.text)
}
