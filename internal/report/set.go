package report

import (
	"leds.internal/ledsq"
	"leds.internal/ledsq/dedupe"
	"leds.internal/ledsq/quality"
)

// Set is what there is to say of data sets beyond their single records:
// duplicates, and what records of one entity disagree on.
type Set struct {
	Sources    []SourceTotal  `json:"sources"`
	Filled     []ledsq.Filled `json:"completeness"`
	Matches    int            `json:"duplicatePairs"` // pairs proposed as matches
	Reviews    int            `json:"reviewPairs"`    // pairs for clerical review
	Clusters   int            `json:"clusters"`       // of two records or more
	Rate       float64        `json:"duplicateRate"`
	Candidates int64          `json:"candidatePairs"`
	Pairs      []SetPair      `json:"duplicates"` // the surest first
	Conflicts  []Conflict     `json:"conflicts"`
	Dropped    []Dropped      `json:"dropped,omitempty"`
	Largest    []ClusterTotal `json:"largestClusters,omitempty"`
	Weights    []WeightBand   `json:"weights,omitempty"`
	Thresholds []Threshold    `json:"thresholds,omitempty"`
}

// Weigh counts the pairs by weight and says what follows from each threshold,
// by the model they come from; without a model it does nothing.
func (s *Set) Weigh(m *dedupe.Model) {
	if m == nil {
		return
	}
	all := make([]certainty, len(s.Pairs))
	for i, p := range s.Pairs {
		all[i] = certainty{p.Weight, p.Probability, p.Decision == string(dedupe.Match)}
	}
	s.Weights, s.Thresholds = weightBands(all), thresholds(all, m)
}

// SourceTotal is one source's part.
type SourceTotal struct {
	Name    string  `json:"name"`
	Records int     `json:"records"`
	Score   float64 `json:"score"`
	// Findings are on the source as a whole.
	Findings []quality.Finding `json:"findings,omitempty"`
	// Rates are those held to the targets of set/rate-below-target.
	Rates []ledsq.Rate `json:"rates,omitempty"`
}

// SetPair is two records that may be about one entity.
type SetPair struct {
	A           string  `json:"a"`
	B           string  `json:"b"`
	Weight      float64 `json:"weight"` // bits
	Probability float64 `json:"probability"`
	Decision    string  `json:"decision"`
	Reason      string  `json:"reason"`
}

// Conflict is a field on which records of one entity disagree. Values are
// masked already, unless the header says that they are revealed.
type Conflict struct {
	Field   string   `json:"field"`
	Records []string `json:"records"`
	Values  []string `json:"values"`         // the proposed one first
	Why     string   `json:"why"`            // what decided for it
	Held    []Held   `json:"held,omitempty"` // what each record holds, beside Records
}

// Held is what one record holds of a field in conflict.
type Held struct {
	Value     string `json:"value"`
	Source    string `json:"source"`
	At        string `json:"at,omitempty"`
	Assurance string `json:"assurance,omitempty"`
}

// Dropped says what blocking left out.
type Dropped struct {
	Key     string `json:"key"`
	Blocks  int    `json:"blocks"`
	Records int    `json:"records"`
}
