package config

import (
	"github.com/vedettehq/vedette/internal/monitor"
)

// AWS says as whom the SQS queue is used, and where it is.
type AWS struct {
	// Region is AWS_APPLICATION_REGION.
	Region string
	// AccessKeyID, SecretAccessKey and SessionToken are AWS_APPLICATION_ACCESS_KEY_ID
	// and so on. Empty: what the machine itself has.
	AccessKeyID, SecretAccessKey, SessionToken monitor.Secret
	// EndpointURL is AWS_ENDPOINT_URL; empty: Amazon's own.
	EndpointURL string
}

const (
	awsRegion          = "AWS_APPLICATION_REGION"
	awsAccessKeyID     = "AWS_APPLICATION_ACCESS_KEY_ID"
	awsSecretAccessKey = "AWS_APPLICATION_SECRET_ACCESS_KEY" //nolint:gosec // the name of a variable
	awsSessionToken    = "AWS_APPLICATION_SESSION_TOKEN"     //nolint:gosec // the name of a variable
	awsEndpointURL     = "AWS_ENDPOINT_URL"
)

// readAWS takes the account of the queue from the environment.
func readAWS(config *Config, env environment) monitor.Diagnostics {
	var problems monitor.Diagnostics
	read := func(variable string) string {
		value, _, err := env.lookup(variable)
		if err != nil {
			problems = append(problems, environmentProblem(variable, err.Error()))
		}
		return value
	}
	config.ApplicationQueue.AWS = AWS{
		Region:          read(awsRegion),
		AccessKeyID:     monitor.NewSecret(read(awsAccessKeyID)),
		SecretAccessKey: monitor.NewSecret(read(awsSecretAccessKey)),
		SessionToken:    monitor.NewSecret(read(awsSessionToken)),
		EndpointURL:     read(awsEndpointURL),
	}
	if len(problems) > 0 {
		return problems
	}
	switch account := config.ApplicationQueue.AWS; {
	case account.AccessKeyID.IsSet() && !account.SecretAccessKey.IsSet():
		problems = append(problems, environmentProblem(awsSecretAccessKey, "is not set, though "+awsAccessKeyID+" is"))
	case account.SecretAccessKey.IsSet() && !account.AccessKeyID.IsSet():
		problems = append(problems, environmentProblem(awsAccessKeyID, "is not set, though "+awsSecretAccessKey+" is"))
	}
	return problems
}

// variables are those that are set, as they may be shown.
func (a AWS) variables() [][2]string {
	all := [][2]string{
		{awsRegion, a.Region},
		{awsAccessKeyID, a.AccessKeyID.String()},
		{awsSecretAccessKey, a.SecretAccessKey.String()},
		{awsSessionToken, a.SessionToken.String()},
		{awsEndpointURL, a.EndpointURL},
	}
	var set [][2]string
	for _, variable := range all {
		if variable[1] != "" {
			set = append(set, variable)
		}
	}
	return set
}
