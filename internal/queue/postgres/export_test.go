package postgres

// LookSQL is the statement that receives messages.
const LookSQL = lookSQL

// Translate gives errors their code.
func Translate(err error) error { return translate(err) }
