package deploytest

import (
	"bufio"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/apimachinery/pkg/util/yaml"
	"k8s.io/client-go/kubernetes/scheme"
	sigsyaml "sigs.k8s.io/yaml"
)

// object is one manifest, as its type and as it was written.
type object struct {
	typed runtime.Object
	raw   map[string]any
}

func (o object) name() string {
	return o.raw["metadata"].(map[string]any)["name"].(string)
}

var decoder = serializer.NewCodecFactory(scheme.Scheme, serializer.EnableStrict).UniversalDeserializer()

// decode reads manifests as strictly as the server does with field validation:
// no unknown field, none twice, each of its type.
func decode(t *testing.T, about, text string) []object {
	t.Helper()
	var objects []object
	documents := yaml.NewYAMLReader(bufio.NewReader(strings.NewReader(text)))
	for {
		document, err := documents.Read()
		if errors.Is(err, io.EOF) {
			return objects
		}
		require.NoError(t, err, about)
		var raw map[string]any
		require.NoError(t, sigsyaml.UnmarshalStrict(document, &raw), about)
		if len(raw) == 0 {
			continue
		}
		objects = append(objects, object{typed: typed(t, about, document, raw), raw: raw})
	}
}

func typed(t *testing.T, about string, document []byte, raw map[string]any) runtime.Object {
	t.Helper()
	if strings.HasPrefix(raw["apiVersion"].(string), "keda.sh/") {
		return kedaObject(t, about, document, raw["kind"].(string))
	}
	decoded, _, err := decoder.Decode(document, nil, nil)
	require.NoError(t, err, "%s:\n%s", about, document)
	return decoded
}

// all gives the objects of one type.
func all[T runtime.Object](objects []object) []T {
	var found []T
	for _, o := range objects {
		if typed, ok := o.typed.(T); ok {
			found = append(found, typed)
		}
	}
	return found
}

// only gives the one object of a type and name.
func only[T interface {
	runtime.Object
	meta.Object
}](t *testing.T, objects []object, name string) T {
	t.Helper()
	for _, found := range all[T](objects) {
		if found.GetName() == name {
			return found
		}
	}
	var none T
	require.Failf(t, "not there", "no %T named %s", none, name)
	return none
}
