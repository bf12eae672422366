package deploytest

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	apps "k8s.io/api/apps/v1"
	autoscaling "k8s.io/api/autoscaling/v2"
	batch "k8s.io/api/batch/v1"
	core "k8s.io/api/core/v1"
	policy "k8s.io/api/policy/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/util/intstr"
	"sigs.k8s.io/yaml"
)

// template reads all manifests of the template, those for trials and the
// alternatives among them.
func template(t *testing.T) []object {
	t.Helper()
	var objects []object
	for _, folder := range []string{"resources/kubernetes_template", "resources/kubernetes_template/trial"} {
		for _, file := range files(t, folder+"/*.yaml") {
			if filepath.Base(file) == "kustomization.yaml" {
				continue
			}
			relative, err := filepath.Rel(root, file)
			require.NoError(t, err)
			objects = append(objects, decode(t, file, read(t, relative))...)
		}
	}
	return objects
}

func TestKubernetes_TheTemplateIsHardened(t *testing.T) {
	t.Parallel()
	requireHardened(t, template(t))
}

func TestKubernetes_ThePartsOfTheTemplateFindEachOther(t *testing.T) {
	t.Parallel()
	requireWired(t, template(t))
}

func TestKubernetes_TheKustomizationHasEveryFileButTheAlternative(t *testing.T) {
	t.Parallel()
	var kustomization struct{ Resources []string }
	require.NoError(t, yaml.Unmarshal([]byte(read(t, "resources/kubernetes_template/kustomization.yaml")), &kustomization))
	var want []string
	for _, file := range files(t, "resources/kubernetes_template/*.yaml") {
		if name := filepath.Base(file); name != "kustomization.yaml" && name != "keda.yaml" {
			want = append(want, name)
		}
	}
	require.ElementsMatch(t, want, kustomization.Resources)
}

// pods gives the pod templates of all workloads, by workload.
func pods(objects []object) map[string]core.PodTemplateSpec {
	found := map[string]core.PodTemplateSpec{}
	for _, o := range all[*apps.Deployment](objects) {
		found["deployment "+o.Name] = o.Spec.Template
	}
	for _, o := range all[*apps.StatefulSet](objects) {
		found["statefulset "+o.Name] = o.Spec.Template
	}
	for _, o := range all[*batch.Job](objects) {
		found["job "+o.Name] = o.Spec.Template
	}
	return found
}

// requireHardened holds every pod against the restricted profile, and more.
func requireHardened(t *testing.T, objects []object) {
	t.Helper()
	workloads := pods(objects)
	require.GreaterOrEqual(t, len(workloads), 3)
	for name, pod := range workloads {
		spec := pod.Spec
		require.NotNil(t, spec.SecurityContext, name)
		require.True(t, *spec.SecurityContext.RunAsNonRoot, name)
		require.NotZero(t, *spec.SecurityContext.RunAsUser, name)
		require.Equal(t, core.SeccompProfileTypeRuntimeDefault, spec.SecurityContext.SeccompProfile.Type, name)
		require.False(t, *spec.AutomountServiceAccountToken, name)
		require.False(t, spec.HostNetwork || spec.HostPID || spec.HostIPC, name)
		for _, container := range slices.Concat(spec.InitContainers, spec.Containers) {
			requireConfined(t, name, container)
		}
	}
	for _, o := range all[*apps.Deployment](objects) {
		requireProbed(t, o.Name, o.Spec.Template.Spec)
	}
}

func requireConfined(t *testing.T, name string, container core.Container) {
	t.Helper()
	security := container.SecurityContext
	require.NotNil(t, security, name)
	require.False(t, *security.AllowPrivilegeEscalation, name)
	require.True(t, *security.ReadOnlyRootFilesystem, name)
	require.Equal(t, []core.Capability{"ALL"}, security.Capabilities.Drop, name)
	require.Empty(t, security.Capabilities.Add, name)
	for _, resource := range []core.ResourceName{core.ResourceCPU, core.ResourceMemory} {
		require.False(t, container.Resources.Limits.Name(resource, "").IsZero(), "%s: %s", name, resource)
		require.False(t, container.Resources.Requests.Name(resource, "").IsZero(), "%s: %s", name, resource)
	}
	for _, mount := range container.VolumeMounts {
		require.NotEqual(t, "/", mount.MountPath, name)
	}
}

func requireProbed(t *testing.T, name string, spec core.PodSpec) {
	t.Helper()
	container := spec.Containers[0]
	require.NotNil(t, container.LivenessProbe, name)
	require.NotNil(t, container.ReadinessProbe, name)
	require.NotNil(t, container.StartupProbe, name)
	if container.LivenessProbe.HTTPGet == nil {
		return
	}
	require.Equal(t, "/livez", container.LivenessProbe.HTTPGet.Path, name)
	require.Equal(t, "/readyz", container.ReadinessProbe.HTTPGet.Path, name)
	require.Equal(t, intstr.FromString("health"), container.ReadinessProbe.HTTPGet.Port, name)
	// Runs may take 20 seconds to finish after a stop.
	require.GreaterOrEqual(t, *spec.TerminationGracePeriodSeconds, int64(45), name)
}

// requireWired holds what refers to something against what there is.
func requireWired(t *testing.T, objects []object) {
	t.Helper()
	workloads := pods(objects)
	for name, pod := range workloads {
		for _, volume := range pod.Spec.Volumes {
			if volume.ConfigMap == nil {
				continue
			}
			config := only[*core.ConfigMap](t, objects, volume.ConfigMap.Name)
			for _, item := range volume.ConfigMap.Items {
				require.Contains(t, config.Data, item.Key, name)
			}
		}
		for _, source := range pod.Spec.Containers[0].EnvFrom {
			only[*core.Secret](t, objects, source.SecretRef.Name)
		}
	}
	for _, service := range all[*core.Service](objects) {
		require.True(t, selects(service.Spec.Selector, workloads), service.Name)
	}
	for _, budget := range all[*policy.PodDisruptionBudget](objects) {
		require.True(t, selects(budget.Spec.Selector.MatchLabels, workloads), budget.Name)
	}
	for _, scaler := range all[*autoscaling.HorizontalPodAutoscaler](objects) {
		target := only[*apps.Deployment](t, objects, scaler.Spec.ScaleTargetRef.Name)
		require.Nil(t, target.Spec.Replicas, "who scales it also says how many")
	}
	for _, deployment := range all[*apps.Deployment](objects) {
		selector, err := meta.LabelSelectorAsSelector(deployment.Spec.Selector)
		require.NoError(t, err)
		require.True(t, selector.Matches(labels.Set(deployment.Spec.Template.Labels)), deployment.Name)
	}
}

func selects(selector map[string]string, workloads map[string]core.PodTemplateSpec) bool {
	for _, pod := range workloads {
		if labels.SelectorFromSet(selector).Matches(labels.Set(pod.Labels)) {
			return true
		}
	}
	return false
}
