package dashboard

import (
	"bytes"
	"fmt"
	"html"
	"regexp"
)

// script is what the page runs, and imported what a script says of the parts that
// it cannot do without.
const script = "/assets/dashboard.js"

var imported = regexp.MustCompile(`(?:from|import)"\./([^"]+)"`)

// parts lists the files that are loaded with a script, and not later.
func parts(of file) (names []string) {
	for _, match := range imported.FindAllSubmatch(of.plain, -1) {
		names = append(names, "/assets/"+string(match[1]))
	}
	return names
}

// preloading names the parts of the script in the page: a browser that learns of
// them from the script itself asks for them only when it has that one.
func preloading(page []byte, of file) []byte {
	var links bytes.Buffer
	for _, name := range parts(of) {
		fmt.Fprintf(&links, "  <link rel=\"modulepreload\" href=\"%s\">\n", html.EscapeString(name))
	}
	return bytes.Replace(page, []byte("</head>"), append(links.Bytes(), "</head>"...), 1)
}
