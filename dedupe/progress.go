package dedupe

// Stage is a part of the work of Finder.Find.
type Stage uint8

// The stages, in order. Reading is the caller's own, before Find.
const (
	Reading    Stage = iota
	Planning         // keys are chosen and blocks made
	Estimating       // patterns of candidate pairs are counted and a model is estimated
	Comparing        // candidate pairs are compared and weighed
	Clustering       // pairs are weighed anew and joined
)

// Stages lists the stages in order.
func Stages() []Stage { return []Stage{Reading, Planning, Estimating, Comparing, Clustering} }

// String gives the name of the stage as it is shown to people.
func (s Stage) String() string {
	return [...]string{"reading", "planning keys", "estimating", "comparing", "clustering"}[s]
}

// Weight is about what share of a run over a million persons the stage takes on
// two processors, reading from CSV. All add up to 1.
func (s Stage) Weight() float64 { return [...]float64{0.28, 0.24, 0.05, 0.23, 0.20}[s] }

// tell tells Config.Progress how far a stage has come.
func (f *Finder) tell(s Stage, done float64) {
	if f.cfg.Progress != nil {
		f.cfg.Progress(s, done)
	}
}

// telling gives a function that tells how far one stage has come.
func (f *Finder) telling(s Stage) func(done float64) {
	return func(done float64) { f.tell(s, done) }
}
