package dedupe

// Model placeholder
type Model struct{}
