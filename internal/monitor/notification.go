package monitor

// What a notification is sent and mentioned from where its monitor does not say.
const (
	defaultPriorityToSend    = Low
	defaultPriorityToMention = Moderate
)

// Sends tells whether an alert of this priority is important enough to be shown
// on the target (R82).
func (n *Notification) Sends(p Priority) bool {
	return reaches(p, n.MinPriorityToSend, defaultPriorityToSend)
}

// Mentions tells whether somebody is called upon at this priority (R84).
func (n *Notification) Mentions(p Priority) bool {
	return reaches(p, n.MinPriorityToMention, defaultPriorityToMention)
}

func reaches(p, least, otherwise Priority) bool {
	if least == 0 {
		least = otherwise
	}
	return p <= least
}
