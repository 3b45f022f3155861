package dedupe

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"leds.internal/ledsq/record"
)

// ModelFormat is the version of the model file that this program writes. It reads
// that and older ones.
const ModelFormat = 1

// ModelFile is a model as it is kept: what was estimated on one file, to be used
// on others, with what is needed to judge it.
type ModelFile struct {
	Format      int          `json:"format"`
	Kind        record.Kind  `json:"kind,omitempty"`   // of the records; "" for those of a schema
	Schema      *Schema      `json:"schema,omitempty"` // nil for a kind
	Estimated   string       `json:"estimated"`        // when, as whoever ran it said
	Records     int          `json:"records"`          // that it was estimated on
	Frequencies string       `json:"termFrequencies"`  // always FrequenciesOfFile
	Model       Model        `json:"model"`
	Dependence  []Dependence `json:"dependence"`       // comparisons that agree together more often than each alone would have it
	Taught      *Taught      `json:"labels,omitempty"` // nil without labels
	// Calibration turns weights into probabilities as labels showed them; nil without.
	Calibration *Calibration `json:"calibration,omitempty"`
}

// FrequenciesOfFile says how the rarity of values enters: counted on each file
// anew, on one record of each entity.
const FrequenciesOfFile = "counted on each file, one record of each entity"

// Keep makes the file of what a finder estimated. estimated says when.
func (f *Finder) Keep(res *Result, estimated string) *ModelFile {
	m := &ModelFile{Format: ModelFormat, Kind: f.kind, Schema: f.schema, Estimated: estimated, Records: f.t.n, Frequencies: FrequenciesOfFile, Model: *res.Model,
		Dependence: []Dependence{}, Taught: res.Taught}
	if res.found != nil {
		m.Dependence = res.found.s.dependence(res)
	}
	return m
}

// Write writes the file as JSON.
func (m *ModelFile) Write(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(m)
}

// maxModel is how many bytes a model file may have.
const maxModel = 16 << 20

// modelMigrations turn a file of one format into the next, the first of format 0:
// the summary that dedupe and link write as JSON, which holds a model and was used
// for one before there was a file for it.
var modelMigrations = [ModelFormat]func(old map[string]any) (map[string]any, error){
	func(old map[string]any) (map[string]any, error) {
		header, _ := old["header"].(map[string]any)
		summary, _ := old["summary"].(map[string]any)
		model, ok := summary["model"].(map[string]any)
		if !ok {
			return nil, errors.New("is no model: it must be what ledsq train writes, or the JSON summary of ledsq dedupe")
		}
		if _, ok := model["comparisons"].([]any); !ok {
			return nil, errors.New("is a summary of too few records to hold a model")
		}
		return map[string]any{"format": 1, "kind": header["kind"], "estimated": header["asOf"], "records": summary["records"], "termFrequencies": FrequenciesOfFile, "model": model}, nil
	},
}

// ReadModel reads what Write wrote, and migrates older formats. Newer ones,
// unknown keys, and numbers that are none of a model are errors.
func ReadModel(r io.Reader) (*ModelFile, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxModel+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("can't be read: %w", err)
	case len(text) > maxModel:
		return nil, fmt.Errorf("is longer than a model may be (%d bytes)", maxModel)
	}
	var any map[string]any
	if json.Unmarshal(text, &any) != nil {
		return nil, errors.New("is no model: it must be the JSON that ledsq train writes, or a YAML schema whose name ends in .yaml")
	}
	format := 0.0
	if f, ok := any["format"]; ok {
		if format, ok = f.(float64); !ok || format != math.Trunc(format) || format < 0 {
			return nil, errors.New("is no model: its format is no number")
		}
	}
	if format > ModelFormat {
		return nil, fmt.Errorf("is a model of format %.0f, and this program reads formats up to %d: use a newer ledsq, or train again with this one", format, ModelFormat)
	}
	if format < ModelFormat {
		for _, migrate := range modelMigrations[int(format):] {
			if any, err = migrate(any); err != nil {
				return nil, err
			}
		}
		if text, err = json.Marshal(any); err != nil {
			return nil, err
		}
	}
	m := &ModelFile{}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(m); err != nil {
		return nil, fmt.Errorf("is no model: %s", strings.TrimPrefix(err.Error(), "json: "))
	}
	return m, m.Validate()
}

// Validate says what is wrong with a model file, or nil.
func (m *ModelFile) Validate() error {
	switch {
	case m.Schema != nil && m.Kind != "":
		return errors.New("is a model of a kind and of a schema at once: one of them must go")
	case m.Schema == nil && record.New(m.Kind) == nil:
		return fmt.Errorf("is a model of records of kind %q, and there is no such kind", m.Kind)
	case !(m.Model.Prior > 0 && m.Model.Prior < 1):
		return errors.New("the prior must lie between 0 and 1")
	case !(m.Model.Match > 0 && m.Model.Match < 1 && m.Model.Review > 0 && m.Model.Review <= m.Model.Match):
		return errors.New("the thresholds must lie between 0 and 1, that of review not above that of match")
	case len(m.Model.Comparisons) == 0:
		return errors.New("has no comparisons: the file it was trained on had nothing to compare")
	}
	for _, c := range m.Model.Comparisons {
		for _, l := range c.Levels {
			if !(l.M > 0 && l.M <= 1) || !(l.U > 0 && l.U <= 1) || !(math.Abs(l.Weight) < 100) || !(l.Rival >= 0 && l.Rival <= 1) {
				return fmt.Errorf("comparison %q, level %q: m and u must lie between 0 and 1, and the weight must be less than 100 bits", c.Name, l.Name)
			}
		}
	}
	if m.Calibration != nil {
		if err := m.Calibration.Validate(); err != nil {
			return fmt.Errorf("calibration: %w", err)
		}
	}
	if m.Schema != nil {
		return m.Schema.Validate()
	}
	return nil
}

// find gives a comparison of the model by name, nil for none.
func (m *ModelFile) find(name string) *ModelComparison {
	i := slices.IndexFunc(m.Model.Comparisons, func(c ModelComparison) bool { return c.Name == name })
	if i < 0 {
		return nil
	}
	return &m.Model.Comparisons[i]
}

// fits says why a model can't be used with what this program compares, or nil.
func (m *ModelFile) fits(k record.Kind, p *preset) error {
	if m == nil {
		return nil
	}
	if m.Kind != k {
		return fmt.Errorf("the model is of records of kind %q and these are of kind %q", m.Kind, k)
	}
	for _, c := range m.Model.Comparisons {
		i := slices.IndexFunc(p.comparisons, func(own comparison) bool { return own.name == c.Name })
		if i < 0 {
			return fmt.Errorf("the model compares %q, which this version of ledsq does not: train again", c.Name)
		}
		own := p.comparisons[i].levels
		for l, lv := range c.Levels {
			if !slices.ContainsFunc(own, func(o level) bool { return o.name == lv.Name }) {
				return fmt.Errorf("the model's comparison %q has the level %q, which this version of ledsq does not know: train again", c.Name, lv.Name)
			}
			if l >= len(own) || own[l].name != lv.Name {
				return fmt.Errorf("the levels of the model's comparison %q stand in another order than this version of ledsq has them: train again", c.Name)
			}
		}
		if len(c.Levels) != len(own) {
			return fmt.Errorf("the model's comparison %q has %d levels and this version of ledsq has %d: train again", c.Name, len(c.Levels), len(own))
		}
	}
	return nil
}

// known leaves of the comparisons those that the model has.
func (m *ModelFile) known(all []comparison) []comparison {
	if m == nil {
		return all
	}
	return slices.DeleteFunc(slices.Clone(all), func(c comparison) bool { return m.find(c.name) == nil })
}

// given makes a scorer of the model: nothing is estimated but how common values
// are in this file.
func (f *Finder) given(comparisons []comparison, out *Model) *scorer {
	m := f.cfg.Model
	s := &scorer{t: f.t, preset: &f.preset, comparisons: comparisons, given: m, jobs: f.cfg.Jobs, calibration: m.Calibration, alone: m.Model.Alone, families: m.Model.Families, prior: bitsOf(m.Model.Prior)}
	rival := m.Model.Rivals > 0
	for _, c := range comparisons {
		var own, chance, weight, home []float64
		for _, l := range m.find(c.name).Levels {
			own, chance, weight, home = append(own, l.M), append(chance, l.U), append(weight, l.Weight), append(home, l.Rival)
			rival = rival && l.Rival > 0
		}
		s.m, s.u, s.weights, s.h = append(s.m, own), append(s.u, chance), append(s.weights, weight), append(s.h, home)
	}
	*out = m.Model
	out.Comparisons, out.Candidates, out.Blocking = nil, 0, nil
	out.Match, out.Review = f.cfg.Match, f.cfg.Review
	if rival {
		s.home = weights(s.h, s.u)
		s.homePrior = math.Log2(m.Model.Rivals / max(m.Model.Expected, 1) * m.Model.Prior)
	} else {
		s.h = nil
	}
	s.count(nil)
	return s
}

// expected is how many matches the probabilities of pairs add up to. Rounded, so
// that it is the same in whatever order the pairs come.
func (s *scorer) expected(pairs []scored) float64 {
	sum := 0.0
	for i := range pairs {
		sum += s.probability(pairs[i].weight)
	}
	return math.Round(sum*100) / 100
}

// count counts how common values are: over all records, or once clusters are
// known, over one of each.
func (s *scorer) count(cluster []int) {
	s.countValues(representatives(s.t, cluster))
}
