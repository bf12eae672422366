{{- define "vedette.selector" -}}
app.kubernetes.io/name: {{ .root.Chart.Name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{- define "vedette.labels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{- define "vedette.secret" -}}
{{ .Values.secrets.existing | default (printf "%s-secrets" .Release.Name) }}
{{- end }}

{{- define "vedette.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}

{{/* What every pod may and may not do. */}}
{{- define "vedette.pod" -}}
serviceAccountName: {{ .Release.Name }}
automountServiceAccountToken: false
enableServiceLinks: false
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
securityContext:
  runAsNonRoot: true
  runAsUser: 65532
  runAsGroup: 65532
  fsGroup: 65532
  seccompProfile: {type: RuntimeDefault}
{{- end }}

{{- define "vedette.container" -}}
image: {{ include "vedette.image" . | quote }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
envFrom: [{secretRef: {name: {{ include "vedette.secret" . }}}}]
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: {drop: [ALL]}
{{- end }}

{{/* A role's deployment: root, component, replicas (none for an autoscaler), resources. */}}
{{- define "vedette.role" -}}
{{- $root := .root -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ $root.Release.Name }}-{{ .component }}
  labels:
    {{- include "vedette.labels" $root | nindent 4 }}
    app.kubernetes.io/component: {{ .component }}
spec:
  {{- with .replicas }}
  replicas: {{ . }}
  {{- end }}
  revisionHistoryLimit: 3
  selector:
    matchLabels:
      {{- include "vedette.selector" . | nindent 6 }}
  # Old and new work side by side, so that nothing waits for an upgrade.
  strategy: {type: RollingUpdate, rollingUpdate: {maxUnavailable: 0, maxSurge: 1}}
  template:
    metadata:
      labels:
        {{- include "vedette.selector" . | nindent 8 }}
      annotations:
        # The configuration is read at start only.
        checksum/config: {{ toYaml $root.Values.configuration | sha256sum }}
        checksum/secrets: {{ toYaml $root.Values.secrets | sha256sum }}
        prometheus.io/scrape: "true"
        prometheus.io/port: "8001"
        prometheus.io/path: /metrics
    spec:
      {{- include "vedette.pod" $root | nindent 6 }}
      terminationGracePeriodSeconds: {{ $root.Values.terminationGracePeriodSeconds }}
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: kubernetes.io/hostname
          whenUnsatisfiable: ScheduleAnyway
          labelSelector:
            matchLabels:
              {{- include "vedette.selector" . | nindent 14 }}
      containers:
        - name: {{ .component }}
          args: [{{ .component }}]
          {{- include "vedette.container" $root | nindent 10 }}
          ports:
            {{- if .monitors }}
            - {name: http, containerPort: 8000}
            {{- end }}
            - {name: health, containerPort: 8001}
          # A database that is not migrated yet refuses the start, which is tried again.
          startupProbe: {httpGet: {path: /livez, port: health}, periodSeconds: 2, failureThreshold: 30}
          livenessProbe: {httpGet: {path: /livez, port: health}, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6}
          readinessProbe: {httpGet: {path: /readyz, port: health}, periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 2}
          resources:
            {{- toYaml .resources | nindent 12 }}
          volumeMounts:
            - {name: config, mountPath: /etc/vedette/configs.yaml, subPath: configs.yaml, readOnly: true}
            - {name: tmp, mountPath: /tmp}
            {{- if .monitors }}
            - {name: monitors, mountPath: /etc/vedette/monitors, readOnly: true}
            {{- end }}
      volumes:
        - {name: config, configMap: {name: {{ $root.Release.Name }}-config}}
        - {name: tmp, emptyDir: {sizeLimit: 16Mi}}
        {{- if .monitors }}
        - name: monitors
          configMap:
            name: {{ $root.Release.Name }}-monitors
            items:
              {{- range $name, $files := .monitors }}
              {{- range $file, $_ := $files }}
              - {key: {{ $name }}.{{ $file }}, path: {{ $name }}/{{ $file }}}
              {{- end }}
              {{- end }}
        {{- end }}
{{- end }}

{{/* Whether the API listens on more than the pod itself. */}}
{{- define "vedette.reachable" -}}
{{- if not (regexMatch "^(127\\.|localhost:|\\[::1\\])" .Values.configuration.http_server.address) }}yes{{ end }}
{{- end }}

{{/* Fails if a receiver needs a plugin that is not enabled. */}}
{{- define "vedette.checkReceivers" -}}
{{- $plugins := .Values.configuration.plugins -}}
{{- range $name, $receiver := .Values.configuration.receivers -}}
{{- range $plugin, $_ := omit $receiver "throttle" -}}
{{- if and (kindIs "slice" $plugins) (not (or (has $plugin $plugins) (has (printf "notify.%s" $plugin) $plugins))) -}}
{{- fail (printf "configuration.receivers.%s needs the plugin %s: add it to configuration.plugins, and use an image that is built with it" $name $plugin) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* Fails if the configuration names a variable that the secret made here lacks. */}}
{{- define "vedette.checkVariables" -}}
{{- if not .Values.secrets.existing -}}
{{- $secrets := .Values.secrets.values -}}
{{- range regexFindAll "\\$\\{[A-Za-z_][A-Za-z0-9_]*\\}" (toYaml .Values.configuration) -1 -}}
{{- $name := . | trimPrefix "${" | trimSuffix "}" -}}
{{- if not (or (hasKey $secrets $name) (hasKey $secrets (printf "%s_FILE" $name))) -}}
{{- fail (printf "configuration uses ${%s}: add %s to secrets.values, or name a Secret that has it in secrets.existing" $name $name) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end }}
