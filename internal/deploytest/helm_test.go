package deploytest

import (
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	apps "k8s.io/api/apps/v1"
	autoscaling "k8s.io/api/autoscaling/v2"
	core "k8s.io/api/core/v1"

	"helm.sh/helm/v3/pkg/chart"
	"helm.sh/helm/v3/pkg/chart/loader"
	"helm.sh/helm/v3/pkg/chartutil"
	"helm.sh/helm/v3/pkg/engine"
	"helm.sh/helm/v3/pkg/lint"
	"helm.sh/helm/v3/pkg/lint/support"
)

const chartPath = "../../resources/helm/vedette"

func load(t *testing.T) *chart.Chart {
	t.Helper()
	loaded, err := loader.Load(chartPath)
	require.NoError(t, err)
	return loaded
}

// values checks values against the schema and completes them.
func values(t *testing.T, given map[string]any) (chartutil.Values, error) {
	t.Helper()
	return chartutil.ToRenderValues(load(t), given,
		chartutil.ReleaseOptions{Name: "vedette", Namespace: "vedette", Revision: 1, IsInstall: true},
		chartutil.DefaultCapabilities)
}

// rendered gives the objects of a release named vedette.
func rendered(t *testing.T, given map[string]any) []object {
	t.Helper()
	complete, err := values(t, given)
	require.NoError(t, err)
	texts, err := engine.Render(load(t), complete)
	require.NoError(t, err)
	var objects []object
	for name, text := range texts {
		if path.Ext(name) == ".yaml" {
			objects = append(objects, decode(t, name, text)...)
		}
	}
	return objects
}

func TestChart_HasNothingThatTheLinterMinds(t *testing.T) {
	t.Parallel()
	result := lint.AllWithKubeVersion(chartPath, nil, "vedette", nil)
	for _, message := range result.Messages {
		// An icon is for catalogues of charts.
		if !strings.Contains(message.Err.Error(), "icon is recommended") {
			require.Less(t, message.Severity, support.WarningSev, message.Error())
		}
	}
}

func TestChart_IsHardenedAndWiredWhateverIsTurnedOn(t *testing.T) {
	t.Parallel()
	for name, given := range map[string]map[string]any{
		"as it is":             nil,
		"for a trial":          {"trial": map[string]any{"enabled": true}},
		"scaled by what waits": {"executor": map[string]any{"autoscaling": map[string]any{"by": "keda"}}},
		"not scaled":           {"executor": map[string]any{"replicas": 3, "autoscaling": map[string]any{"by": "none"}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			objects := rendered(t, given)
			requireHardened(t, objects)
			requireWired(t, objects)
		})
	}
}

func TestChart_ScalesInOneWayOnly(t *testing.T) {
	t.Parallel()
	keda := rendered(t, map[string]any{"executor": map[string]any{"autoscaling": map[string]any{"by": "keda", "runs": 25}}})
	require.Empty(t, all[*autoscaling.HorizontalPodAutoscaler](keda))
	require.Equal(t, "25", all[*scaledObject](keda)[0].Spec.Triggers[0].Metadata["targetQueryValue"])

	none := rendered(t, map[string]any{"executor": map[string]any{"replicas": 3, "autoscaling": map[string]any{"by": "none"}}})
	require.Empty(t, all[*autoscaling.HorizontalPodAutoscaler](none))
	require.Empty(t, all[*scaledObject](none))
	require.EqualValues(t, 3, *only[*apps.Deployment](t, none, "vedette-executor").Spec.Replicas)
}

func TestChart_UsesASecretThatExists(t *testing.T) {
	t.Parallel()
	objects := rendered(t, map[string]any{"secrets": map[string]any{"existing": "ours"}})
	require.Empty(t, all[*core.Secret](objects))
	for name, pod := range pods(objects) {
		require.Equal(t, "ours", pod.Spec.Containers[0].EnvFrom[0].SecretRef.Name, name)
	}
}

func TestChart_PublishesTheAPIOnlyIfItListensToOthers(t *testing.T) {
	t.Parallel()
	ports := func(objects []object) []string {
		var names []string
		for _, port := range only[*core.Service](t, objects, "vedette-controller").Spec.Ports {
			names = append(names, port.Name)
		}
		return names
	}
	require.Equal(t, []string{"health", "http"}, ports(rendered(t, nil)))
	closed := map[string]any{"configuration": map[string]any{"http_server": map[string]any{"address": "127.0.0.1:8000"}}}
	require.Equal(t, []string{"health"}, ports(rendered(t, closed)))
}

func TestChart_TheSchemaRefusesMistakes(t *testing.T) {
	t.Parallel()
	for about, given := range map[string]map[string]any{
		"a queue inside one process": {"configuration": map[string]any{"application_queue": map[string]any{"type": "internal"}}},
		"a grace that is too short":  {"terminationGracePeriodSeconds": 30},
		"a key that does not exist":  {"executors": map[string]any{}},
		"a monitor's name":           {"monitors": map[string]any{"Late Orders": map[string]any{}}},
		"another way to scale":       {"executor": map[string]any{"autoscaling": map[string]any{"by": "magic"}}},
	} {
		_, err := values(t, given)
		require.ErrorContains(t, err, "schema", about)
	}
}

// The chart and the template are two ways to the same.
func TestChart_GivesWhatTheTemplateGives(t *testing.T) {
	t.Parallel()
	written, made := map[string]any{}, map[string]any{}
	for _, o := range template(t) {
		if kind := o.raw["kind"]; kind != "Namespace" && kind != "ScaledObject" && kind != "TriggerAuthentication" {
			written[essentialName(o)] = essence(o.raw)
		}
	}
	for _, o := range rendered(t, map[string]any{"trial": map[string]any{"enabled": true}}) {
		made[essentialName(o)] = essence(o.raw)
	}
	require.Equal(t, written, made)
}

// essentialName names an object without the revision that the chart adds.
func essentialName(o object) string {
	return o.raw["kind"].(string) + " " + strings.TrimSuffix(o.name(), "-1")
}

// essence is what a manifest says, without what only marks it.
func essence(value any) any {
	switch value := value.(type) {
	case map[string]any:
		kept := map[string]any{}
		for key, entry := range value {
			if slices.Contains([]string{"metadata", "matchLabels", "selector", "annotations", "configs.yaml"}, key) {
				continue
			}
			kept[key] = essence(entry)
		}
		return kept
	case []any:
		kept := make([]any, len(value))
		for i := range value {
			kept[i] = essence(value[i])
		}
		return kept
	default:
		return value
	}
}
