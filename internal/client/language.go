package client

import "context"

// Word is something that can stand in a monitor's code.
type Word struct {
	Name       string          `json:"name" doc:"As it is written; members of modules with a dot."`
	Kind       string          `json:"kind" enum:"builtin,member,constant,option,entry_point,universal" doc:"option: a parameter of monitor(). entry_point: a function that monitors define. universal: of the language itself."`
	Place      string          `json:"place" enum:"anywhere,functions,top_level,tests" doc:"Where it can be used: functions are not the top level, and tests are monitor_test.star."`
	Signature  string          `json:"signature" doc:"A line of Python with types. That of an entry point can stand behind def. Empty if universal."`
	Doc        string          `json:"doc" doc:"What it does, in a line. Empty if universal."`
	Parameters []WordParameter `json:"parameters" nullable:"false"`
}

// WordParameter is a parameter of something that can be called.
type WordParameter struct {
	Name      string `json:"name"`
	Signature string `json:"signature" doc:"With type and default."`
	Required  bool   `json:"required"`
	Doc       string `json:"doc" doc:"Empty where the signature says it all."`
}

// Language lists what can stand in the code of monitors and of their tests.
func (c *Client) Language(ctx context.Context) ([]Word, error) {
	page, err := get[Page[Word]](ctx, c, "/api/v1/language", nil)
	return page.Items, err
}
