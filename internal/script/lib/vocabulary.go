package lib

import (
	"maps"
	"slices"
	"strings"

	"go.starlark.net/starlark"

	"github.com/vedettehq/vedette/internal/script"
)

// WordKind says what a word of the language is.
type WordKind string

// The kinds.
const (
	BuiltinWord  WordKind = "builtin"
	MemberWord   WordKind = "member"
	ConstantWord WordKind = "constant"
	// OptionWord is a parameter of monitor().
	OptionWord WordKind = "option"
	// EntryPointWord is a function that a monitor defines and the platform calls.
	EntryPointWord WordKind = "entry_point"
	// UniversalWord belongs to the language itself, and is not explained here.
	UniversalWord WordKind = "universal"
)

// WordPlace says where a word can be used.
type WordPlace string

// The places.
const (
	WordAnywhere    WordPlace = "anywhere"
	WordInFunctions WordPlace = "functions"
	WordAtTopLevel  WordPlace = "top_level"
	WordInTests     WordPlace = "tests"
)

// Word is something that can stand in a monitor's code.
type Word struct {
	// Name of a member has a dot: "http.get".
	Name  string
	Kind  WordKind
	Place WordPlace
	// Signature is a line of Python; empty for what belongs to the language.
	Signature, Doc string
	Parameters     []WordParameter
}

// WordParameter is a parameter of a builtin.
type WordParameter struct {
	script.Parameter
	// Doc is empty where the signature says it all.
	Doc string
}

// declaring is the builtin whose parameters are the options of a monitor.
const declaring = "monitor"

// Vocabulary lists what can stand in the code of monitors and of their tests, for
// editors. It is made from what the code is compiled with.
func Vocabulary(tests ...script.Builtin) []Word {
	library := All()
	var words []Word
	for _, entry := range entryPoints() {
		words = append(words, Word{
			Name: nameOf(entry.Signature), Kind: EntryPointWord, Place: WordAtTopLevel, Signature: entry.Signature, Doc: entry.Doc,
		})
	}
	for i := range library.Builtins {
		words = append(words, wordsOf(&library.Builtins[i], placeOf(library.Builtins[i].Place))...)
	}
	for _, constant := range library.Constants {
		words = append(words, Word{
			Name: constant.Name, Kind: ConstantWord, Place: WordAnywhere, Signature: constant.Name + ": " + constant.Type, Doc: constant.Doc,
		})
	}
	for i := range tests {
		words = append(words, wordsOf(&tests[i], WordInTests)...)
	}
	known := map[string]bool{}
	for _, word := range words {
		known[word.Name] = true
	}
	for _, name := range slices.Sorted(maps.Keys(starlark.Universe)) {
		if !known[name] {
			words = append(words, Word{Name: name, Kind: UniversalWord, Place: WordAnywhere})
		}
	}
	return words
}

// wordsOf are a builtin and, if it declares the monitor, the options.
func wordsOf(builtin *script.Builtin, place WordPlace) []Word {
	word := Word{Name: nameOf(builtin.Signature), Kind: BuiltinWord, Place: place, Signature: builtin.Signature, Doc: builtin.Doc}
	if strings.Contains(word.Name, ".") {
		word.Kind = MemberWord
	}
	for _, parameter := range builtin.Declared() {
		word.Parameters = append(word.Parameters, WordParameter{parameter, builtin.Parameters[parameter.Name]})
	}
	words := []Word{word}
	if word.Name != declaring {
		return words
	}
	for _, option := range word.Parameters {
		words = append(words, Word{Name: option.Name, Kind: OptionWord, Place: place, Signature: option.Text, Doc: option.Doc})
	}
	return words
}

func placeOf(place script.Place) WordPlace {
	switch place {
	case script.Anywhere:
		return WordAnywhere
	case script.AtTopLevel:
		return WordAtTopLevel
	default:
		return WordInFunctions
	}
}

func nameOf(signature string) string {
	name, _, _ := strings.Cut(signature, "(")
	return name
}
