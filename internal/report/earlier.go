package report

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"leds.internal/ledsq/quality"
)

// Earlier is the result of an earlier run, for trends: what its JSON says of all
// the records together.
type Earlier struct {
	Header  Header
	Summary EarlierSummary
}

// EarlierSummary is what trends need of a Summary or of a Matching.
type EarlierSummary struct {
	Records    int                      `json:"records"`
	Score      float64                  `json:"score"`
	Dimensions map[string]float64       `json:"dimensions"`
	Findings   map[quality.Severity]int `json:"findings"`
	Affected   map[quality.Severity]int `json:"affected"`
	Matches    int                      `json:"matches"`
	Reviews    int                      `json:"reviews"`
	Entities   int                      `json:"entities"`
}

// ReadEarlier reads what a run with --out json wrote. Records are passed over
// one by one, so that a large result needs no memory. Its errors say what is
// wrong but not in which file.
func ReadEarlier(r io.Reader) (e Earlier, err error) {
	dec := json.NewDecoder(r)
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return e, errors.New("it is not a JSON result: give what --out json=FILE wrote")
	}
	var header, summary bool
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return e, fmt.Errorf("the JSON can't be read: %w", err)
		}
		switch key {
		case "header":
			header, err = true, dec.Decode(&e.Header)
		case "summary":
			summary, err = true, dec.Decode(&e.Summary)
		case "records":
			err = pass(dec)
		default:
			var skip json.RawMessage
			err = dec.Decode(&skip)
		}
		if err != nil {
			return e, fmt.Errorf("the JSON can't be read: %w", err)
		}
	}
	if !header || !summary {
		return e, errors.New("it has no header and summary: give what --out json=FILE wrote")
	}
	return e, nil
}

// pass reads over the list of records, one by one.
func pass(dec *json.Decoder) error {
	if t, err := dec.Token(); err != nil || t != json.Delim('[') {
		return cmp.Or(err, errors.New("the records are no list"))
	}
	for dec.More() {
		var skip json.RawMessage
		if err := dec.Decode(&skip); err != nil {
			return err
		}
	}
	_, err := dec.Token()
	return err
}

// Comparable says why an earlier run can't be put beside one with this header,
// or nil.
func (e *Earlier) Comparable(h *Header) error {
	switch {
	case e.Header.Command != h.Command:
		return fmt.Errorf("it is a result of %q, not of %q: trends compare like with like", e.Header.Command, h.Command)
	case e.Header.Kind != h.Kind || e.Header.Principle != h.Principle:
		return fmt.Errorf("it is about another kind of records (%s) or principle (%s)", e.Header.Kind, e.Header.Principle)
	}
	return nil
}

// SortEarlier puts results in the order of the days they were judged by, then
// of their files.
func SortEarlier(list []Earlier) {
	slices.SortStableFunc(list, func(a, b Earlier) int {
		if c := strings.Compare(a.Header.AsOf, b.Header.AsOf); c != 0 {
			return c
		}
		return slices.Compare(a.Header.Files, b.Header.Files)
	})
}
