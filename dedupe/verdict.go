package dedupe

import "sync/atomic"

// verdict is what follows from a pattern alone.
type verdict struct {
	p     pattern
	apart string  // why such a pair may not be joined on its own, "" if it may
	cover float64 // see scorer.cover
}

// verdicts remembers those of patterns met before: some thousand patterns make up
// nearly all pairs. Several workers may use it.
type verdicts [1 << 14]atomic.Pointer[verdict]

// verdict judges a pattern.
func (s *scorer) verdict(p pattern) verdict {
	if s.known == nil {
		return s.judge(p)
	}
	at := &s.known[mix(p[0], p[1])%uint64(len(s.known))]
	if v := at.Load(); v != nil && v.p == p {
		return *v
	}
	v := s.judge(p)
	at.Store(&v)
	return v
}

func (s *scorer) judge(p pattern) verdict { return verdict{p, s.whyApart(p), s.covered(p)} }

// remember begins to remember verdicts, and forgets what was remembered: weights changed.
func (s *scorer) remember() { s.known = new(verdicts) }

// cover is the share of the comparisons that could be made for a pair, each
// counting what full agreement on it weighs.
func (s *scorer) cover(p pattern) float64 { return s.verdict(p).cover }

// apart says why a pair may not be joined on its own, "" if it may.
func (s *scorer) apart(p pattern) string {
	if s.alone {
		return ""
	}
	return s.verdict(p).apart
}

func (s *scorer) covered(p pattern) float64 {
	have, all := 0.0, 0.0
	for k := range s.comparisons {
		all += s.weights[k][0]
		if p.level(k) > 0 {
			have += s.weights[k][0]
		}
	}
	return have / max(all, 1)
}

func (s *scorer) whyApart(p pattern) string {
	if s.alone {
		return ""
	}
	if why := s.preset.apart(s.comparisons, p); why != "" || !s.families || !s.mayBeFamily(p) {
		return why
	}
	return unproven
}
