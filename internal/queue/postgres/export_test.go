package postgres

// LookSQL is the statement that receives messages.
const LookSQL = lookSQL
