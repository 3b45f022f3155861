package report

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// FairnessTable is how well matching does for the groups of one grouping,
// measured against a known truth: what ledsq evaluate found.
type FairnessTable struct {
	By    string        `json:"by"`
	About string        `json:"about"`
	Rows  []FairnessRow `json:"rows"`
}

// FairnessRow is one group. A share that could not be measured is nil.
type FairnessRow struct {
	Group     string    `json:"group"`
	Records   int       `json:"records"`
	Pairs     int       `json:"truePairs"`
	Precision *Measured `json:"precision"`
	Recall    *Measured `json:"recall"`
	// The gaps to all other records that are wider than chance makes them.
	PrecisionSure bool `json:"precisionGapSure"`
	RecallSure    bool `json:"recallGapSure"`
}

// Measured is a share from 0 to 1 with its interval.
type Measured struct {
	Value float64 `json:"value"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

func (m *Measured) String() string {
	if m == nil {
		return "none"
	}
	return fmt.Sprintf("%.3f (%.3f to %.3f)", m.Value, m.Low, m.High)
}

// maxEvaluation is how large an evaluation may be, in bytes.
const maxEvaluation = 256 << 20

// ReadFairness reads the comparison of groups from the JSON of an evaluation.
func ReadFairness(r io.Reader) ([]FairnessTable, error) {
	var doc struct {
		Report *struct {
			Groups []FairnessTable `json:"groups"`
		} `json:"report"`
	}
	if err := json.NewDecoder(io.LimitReader(r, maxEvaluation)).Decode(&doc); err != nil || doc.Report == nil {
		return nil, errors.New("it is not the JSON of an evaluation: a document with a report")
	}
	if len(doc.Report.Groups) == 0 {
		return nil, errors.New("the evaluation compares no groups")
	}
	return doc.Report.Groups, nil
}
