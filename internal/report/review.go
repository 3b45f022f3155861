package report

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"html/template"
	"io"

	"leds.internal/ledsq/dedupe"
	"leds.internal/ledsq/dedupe/evaluate"
	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
)

// Review is a page for clerical review before it is written.
type Review struct {
	Tool, Version string
	Revealed      bool // values are shown as they are
	Blind         bool // scores and reasons stay out of the page
	Linked        bool // the two records of a pair are of two files
	Sampled       string
	Pairs         []evaluate.Scored
	Schema        *dedupe.Schema    // of the records; nil for those of a kind
	Reading       normalise.Options // how the columns of a schema were read
	// Record gives a record of a pair, nil where it is not known. right asks for
	// one of the second file, of a linked pair.
	Record func(id string, right bool) record.Record
}

// reviewData is what the page's script reads. Names are short because they stand
// there once for each pair and record.
type reviewData struct {
	Key      string       `json:"key"` // of this content, under which progress is kept
	Blind    bool         `json:"blind"`
	Revealed bool         `json:"revealed"`
	Fields   []string     `json:"fields"`
	About    int          `json:"about"` // from here fields are about the record itself: who made it, when
	Records  []reviewed   `json:"records"`
	Pairs    []pairOnPage `json:"pairs"`
	Groups   [][]int      `json:"groups"` // records that hang together by pairs
}

// reviewed is a record: its values, field by field, and for each the class of
// equal values it belongs to. Two records agree on a field when their classes
// are the same, which can be seen although the values are masked.
type reviewed struct {
	ID      string   `json:"id"`
	Values  []string `json:"v,omitempty"`
	Classes []int    `json:"c,omitempty"`
}

type pairOnPage struct {
	A        int      `json:"a"`
	B        int      `json:"b"`
	Group    int      `json:"g"`
	Weight   *float64 `json:"w,omitempty"`
	Prob     float64  `json:"p,omitempty"`
	Decision string   `json:"d,omitempty"`
	Reason   string   `json:"r,omitempty"`
	Steps    [][4]any `json:"e,omitempty"` // of the waterfall: part, what was found, bits, bits so far
}

// WriteReview writes the page.
func WriteReview(w io.Writer, r *Review) error {
	css, err := pageFiles.ReadFile("page/report.css")
	if err != nil {
		return err
	}
	more, err := pageFiles.ReadFile("page/review.css")
	if err != nil {
		return err
	}
	js, err := pageFiles.ReadFile("page/review.js")
	if err != nil {
		return err
	}
	css = append(css, more...)
	t, err := template.ParseFS(pageFiles, "page/review.tmpl")
	if err != nil {
		return err
	}
	data, err := r.data()
	if err != nil {
		return err
	}
	return t.Execute(w, map[string]any{
		"Tool": r.Tool, "Version": r.Version, "Sampled": r.Sampled, "Data": data,
		"CSS": template.CSS(css), "JS": template.JS(js), //nolint:gosec // they are our own files
		"CSP": "default-src 'none'; style-src '" + hashOf(css) + "'; script-src '" + hashOf(js) + "'; base-uri 'none'; form-action 'none'",
	})
}

// data puts pairs and records into the form of the page.
func (r *Review) data() (*reviewData, error) {
	d := &reviewData{Blind: r.Blind, Revealed: r.Revealed, Fields: []string{}, Records: []reviewed{}, Pairs: []pairOnPage{}, Groups: [][]int{}}
	type place struct {
		id    string
		right bool
	}
	at := map[place]int{}
	var records []record.Record
	find := func(id string, right bool) int {
		k := place{id, right && r.Linked}
		i, ok := at[k]
		if !ok {
			i = len(records)
			at[k] = i
			d.Records = append(d.Records, reviewed{ID: id})
			records = append(records, r.Record(id, k.right))
		}
		return i
	}
	for i := range r.Pairs {
		p := &r.Pairs[i]
		one := pairOnPage{A: find(p.A, false), B: find(p.B, true)}
		if !r.Blind {
			if err := one.fill(p); err != nil {
				return nil, err
			}
		}
		d.Pairs = append(d.Pairs, one)
	}
	d.group()
	d.values(records, r)
	d.Key = d.hash()
	return d, nil
}

// fill adds what blind review leaves out.
func (p *pairOnPage) fill(from *evaluate.Scored) error {
	p.Weight, p.Prob, p.Decision, p.Reason = &from.Weight, from.Probability, string(from.Decision), from.Reason
	if len(from.Evidence) == 0 {
		return nil
	}
	w, err := WaterfallOf(from)
	if err != nil {
		return err
	}
	for _, s := range w.Steps {
		p.Steps = append(p.Steps, [4]any{s.Name(), s.What(), s.Weight, s.Total})
	}
	return nil
}

// group finds the records that hang together by pairs.
func (d *reviewData) group() {
	root := make([]int, len(d.Records))
	for i := range root {
		root[i] = i
	}
	find := func(i int) int {
		for root[i] != i {
			root[i] = root[root[i]]
			i = root[i]
		}
		return i
	}
	for _, p := range d.Pairs {
		a, b := find(p.A), find(p.B)
		root[max(a, b)] = min(a, b)
	}
	number := map[int]int{}
	for i := range d.Records {
		r := find(i)
		g, ok := number[r]
		if !ok {
			g = len(d.Groups)
			number[r] = g
			d.Groups = append(d.Groups, nil)
		}
		d.Groups[g] = append(d.Groups[g], i)
	}
	for i := range d.Pairs {
		d.Pairs[i].Group = number[find(d.Pairs[i].A)]
	}
}

// values adds the fields that any of the records holds.
func (d *reviewData) values(records []record.Record, page *Review) {
	rows, about := sidesOf(records, page.Schema, page.Reading)
	d.About = about
	for _, row := range rows {
		d.Fields = append(d.Fields, row.label)
		for i, class := range row.classes(records) {
			if records[i] != nil {
				d.Records[i].Values = append(d.Records[i].Values, row.shown(row.value(records[i]), page.Revealed))
				d.Records[i].Classes = append(d.Records[i].Classes, class)
			}
		}
	}
}

// hash names the pairs of the page: a page made anew of the same pairs finds the
// progress kept.
func (d *reviewData) hash() string {
	h := sha256.New()
	e := json.NewEncoder(h)
	for _, p := range d.Pairs {
		_ = e.Encode([]string{d.Records[p.A].ID, d.Records[p.B].ID}) // a hash takes everything
	}
	return hex.EncodeToString(h.Sum(nil)[:12])
}
