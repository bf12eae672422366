package httpapi

import (
	"context"
	"net/http"

	"github.com/vedettehq/vedette/internal/client"
)

func (a *api) registerTests() {
	register(a, operation{
		method: http.MethodPost, path: "/api/v1/test", id: "test", role: Editor, timeout: tryTimeout, maxBody: maxUpload, repeating: doneAgain,
		summary: "Run the tests in a monitor's files, with faked queries; nothing is stored",
	}, a.test)
}

type testInput struct{ Body client.Draft }

func (a *api) test(ctx context.Context, input *testInput) (client.TestReport, error) {
	leave, err := a.takePlace()
	if err != nil {
		return client.TestReport{}, err
	}
	defer leave()
	return a.tester.Test(ctx, input.Body.Name, input.Body.Files)
}
