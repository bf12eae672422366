package httpapi

import (
	"context"
	"fmt"
	"net/http"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
	monitortemplate "github.com/vedettehq/vedette/resources/monitor_template"
)

func (a *api) registerTemplate() {
	register(a, operation{
		method: http.MethodGet, path: "/api/v1/monitor_template", id: "read-monitor-template", role: Viewer,
		summary: "Read the files that a new monitor can start from",
	}, func(_ context.Context, input *templateInput) (client.Template, error) {
		if err := monitor.CheckName(input.Name); err != nil {
			return client.Template{}, fmt.Errorf("name: %w", err)
		}
		return client.Template{Name: input.Name, Files: monitortemplate.Files(input.Name)}, nil
	})
}

type templateInput struct {
	Name string `query:"name" required:"true" maxLength:"200" doc:"The new monitor's name, which stands in the files."`
}
