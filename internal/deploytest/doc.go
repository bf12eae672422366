// Package deploytest holds what is delivered for containers against those who
// will read it: Compose files against Compose's own loader, the Dockerfile
// against the linter of docker build, its steps by taking them, manifests and
// chart against the types of Kubernetes.
//
// It is a module of its own, so that none of those tools is a dependency of the
// platform, and it must not know the platform's code: only files, and the binary.
package deploytest
