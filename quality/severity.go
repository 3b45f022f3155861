package quality

// Worse says whether s is more serious than t. Unknown severities are least.
func (s Severity) Worse(t Severity) bool { return rank(s) > rank(t) }
