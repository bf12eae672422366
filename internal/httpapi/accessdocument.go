package httpapi

import "github.com/danielgtaylor/huma/v2"

// securitySchemes are the ways to say who one is, in the OpenAPI document.
var securitySchemes = map[string]*huma.SecurityScheme{
	"token": {
		Type: "http", Scheme: "bearer", BearerFormat: tokenPrefix + "...",
		Description: "A token. Without any token, who is on the server's own machine needs none.",
	},
	"session": {
		Type: "apiKey", In: "cookie", Name: sessionCookie,
		Description: "What signing in gives a browser. Changes need the header " + intentHeader + " besides.",
	},
}

// security is what nearly every operation takes: one of the two.
var security = []map[string][]string{{"token": {}}, {"session": {}}}
