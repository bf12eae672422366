package deploytest

import (
	"testing"

	"github.com/stretchr/testify/require"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"sigs.k8s.io/yaml"
)

// KEDA's types, as far as they are used here: its own module would bring the
// clients of every queue there is.
type (
	kedaMeta struct {
		meta.TypeMeta   `json:",inline"`
		meta.ObjectMeta `json:"metadata"`
	}
	triggerAuthentication struct {
		kedaMeta `json:",inline"`
		Spec     struct {
			SecretTargetRef []struct {
				Parameter string `json:"parameter"`
				Name      string `json:"name"`
				Key       string `json:"key"`
			} `json:"secretTargetRef"`
		} `json:"spec"`
	}
	scaledObject struct {
		kedaMeta `json:",inline"`
		Spec     struct {
			ScaleTargetRef struct {
				APIVersion string `json:"apiVersion"`
				Kind       string `json:"kind"`
				Name       string `json:"name"`
			} `json:"scaleTargetRef"`
			MinReplicaCount int32 `json:"minReplicaCount"`
			MaxReplicaCount int32 `json:"maxReplicaCount"`
			PollingInterval int32 `json:"pollingInterval"`
			CooldownPeriod  int32 `json:"cooldownPeriod"`
			Triggers        []struct {
				Type              string            `json:"type"`
				Metadata          map[string]string `json:"metadata"`
				AuthenticationRef struct {
					Name string `json:"name"`
				} `json:"authenticationRef"`
			} `json:"triggers"`
		} `json:"spec"`
	}
)

func (t *triggerAuthentication) DeepCopyObject() runtime.Object { c := *t; return &c }
func (s *scaledObject) DeepCopyObject() runtime.Object          { c := *s; return &c }

func kedaObject(t *testing.T, about string, document []byte, kind string) runtime.Object {
	t.Helper()
	var found runtime.Object
	switch kind {
	case "TriggerAuthentication":
		found = &triggerAuthentication{}
	case "ScaledObject":
		found = &scaledObject{}
	default:
		require.Failf(t, "unknown kind", "%s: %s", about, kind)
	}
	require.NoError(t, yaml.UnmarshalStrict(document, found), about)
	return found
}
