package report

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"leds.internal/ledsq/dedupe"
	"leds.internal/ledsq/dedupe/evaluate"
)

// Waterfall is a pair explained: from the prior, step by step, to its weight. Every
// other view of a pair shows the same numbers.
type Waterfall struct {
	A           string  `json:"id_a"`
	B           string  `json:"id_b"`
	Decision    string  `json:"decision"`
	Weight      float64 `json:"weight"` // bits
	Probability float64 `json:"probability"`
	Sentence    string  `json:"sentence"`
	Steps       []Step  `json:"steps"`
	// Beside is what the two records hold, where that was asked for.
	Beside   []Beside `json:"values,omitempty"`
	Revealed bool     `json:"revealed,omitempty"` // the values are not masked
}

// Step is what one part adds.
type Step struct {
	Part   string  `json:"part"`  // prior, or a comparison, or an adjustment
	Level  string  `json:"level"` // in words
	Weight float64 `json:"weight"`
	Total  float64 `json:"total"` // so far
	// Shared and Others say how common what the two agree on is: see dedupe.Evidence.
	Shared dedupe.Shared `json:"shared,omitempty"`
	Others int           `json:"others,omitempty"`
}

// What says the level, and how common what the two agree on is.
func (s *Step) What() string {
	return (&dedupe.Evidence{Level: s.Level, Shared: s.Shared, Others: s.Others}).Said()
}

// mayDiffer is what rounding in a file may change of a sum.
const mayDiffer = 1e-3

// NewWaterfall explains a pair by its parts. It fails when they do not add up to
// the weight: then the file was changed, or is of two runs.
func NewWaterfall(a, b string, p *dedupe.Pair, why dedupe.Explanation) (*Waterfall, error) {
	w := &Waterfall{A: a, B: b, Decision: string(p.Decision), Weight: micro(p.Weight), Probability: micro(p.Probability)}
	total := micro(why.Prior)
	w.Steps = append(w.Steps, Step{Part: "prior", Level: "how likely two records drawn at random are one", Weight: total, Total: total})
	for _, e := range why.Evidence {
		total = micro(total + micro(e.Weight))
		w.Steps = append(w.Steps, Step{e.Comparison, e.Level, micro(e.Weight), total, e.Shared, e.Others})
	}
	if math.Abs(total-p.Weight) > mayDiffer {
		return nil, fmt.Errorf("the parts of the pair add up to %.3f bits and its weight is %.3f: the file was changed since it was written", total, p.Weight)
	}
	w.Sentence = sentence(p, why)
	return w, nil
}

// WaterfallOf explains a pair that was read from a file.
func WaterfallOf(p *evaluate.Scored) (*Waterfall, error) {
	parts, err := p.Parts()
	switch {
	case err != nil:
		return nil, err
	case parts == nil:
		return nil, errors.New("the file of pairs holds no evidence: that is in ledsq dedupe --pairs FILE.jsonl only")
	case p.Prior == nil:
		return nil, errors.New("the file of pairs holds no prior: an older ledsq wrote it; run dedupe again")
	}
	why := dedupe.Explanation{Prior: *p.Prior, Evidence: parts, Reason: p.Reason}
	return NewWaterfall(p.A, p.B, &dedupe.Pair{Weight: p.Weight, Probability: p.Probability, Decision: p.Decision}, why)
}

// micro rounds to a millionth, as files of pairs do, so that numbers are the same
// from wherever they come.
func micro(x float64) float64 { return math.Round(x*1e6) / 1e6 }

// sentence says it as an officer would.
func sentence(p *dedupe.Pair, why dedupe.Explanation) string {
	var s strings.Builder
	switch p.Decision {
	case dedupe.Match:
		s.WriteString("Proposed as a match")
	case dedupe.Review:
		s.WriteString("Somebody should look")
	default:
		s.WriteString("Not proposed")
	}
	fmt.Fprintf(&s, ": %s odds that the two are one.", odds(p.Weight))
	evidence := slices.Clone(why.Evidence)
	slices.SortStableFunc(evidence, func(x, y dedupe.Evidence) int { return cmp.Compare(math.Abs(y.Weight), math.Abs(x.Weight)) })
	var says, against []string
	for _, e := range evidence {
		switch {
		case e.Weight > 0.05:
			says = append(says, e.Said())
		case e.Weight < -0.05:
			against = append(against, e.Said())
		}
	}
	if len(says) > 0 {
		s.WriteString(" For it, the strongest first: " + strings.Join(says, "; ") + ".")
	}
	if len(against) > 0 {
		s.WriteString(" Against it: " + strings.Join(against, "; ") + ".")
	}
	for _, sign := range [...]string{"decided by a person: ", "follows from people's decisions: "} {
		if rest, ok := strings.CutPrefix(why.Reason, sign); ok {
			verdict, _, _ := strings.Cut(rest, ";")
			s.WriteString(" " + strings.ToUpper(sign[:1]) + sign[1:] + verdict + ".")
		}
	}
	return s.String()
}

// odds says a weight as people say odds, to two figures.
func odds(bits float64) string {
	x := math.Exp2(min(math.Abs(bits), 60))
	text := fmt.Sprintf("%.1f", x)
	if x >= 10 {
		unit := math.Pow(10, math.Floor(math.Log10(x))-1)
		text = count(int64(math.Round(x/unit) * unit))
	}
	if math.Abs(bits) > 60 {
		text = "more than " + text
	}
	if bits < 0 {
		return "1 to " + text
	}
	return text + " to 1"
}

// ExplainFormats are the formats an explanation can be written in.
func ExplainFormats() []string { return []string{"text", "json", "html"} }

// WriteWaterfall writes a pair explained.
func WriteWaterfall(w io.Writer, format, tool, version string, f *Waterfall) error {
	switch format {
	case "json":
		_, err := w.Write(append(marshal(f), '\n'))
		return err
	case "html":
		return writeExplained(w, &explained{Tool: tool, Version: version, Title: f.A + " and " + f.B, Pairs: []*Waterfall{f}})
	}
	t := &text{w: w}
	t.waterfall(f)
	return t.err
}

func (t *text) waterfall(f *Waterfall) {
	t.printf("%s and %s: %s, %.2f bits, probability %.6f\n\n%s\n\n", f.A, f.B, f.Decision, f.Weight, f.Probability, f.Sentence)
	most, part, what := 1.0, len("part"), len("what")
	for i := range f.Steps {
		s := &f.Steps[i]
		most, part, what = max(most, math.Abs(s.Weight)), max(part, utf8.RuneCountInString(s.Part)), max(what, utf8.RuneCountInString(s.What()))
	}
	t.printf("  %-*s  %-*s %8s %8s\n", part, "part", what, "what", "bits", "in all")
	for i := range f.Steps {
		s := &f.Steps[i]
		sign := "+"
		if s.Weight < 0 {
			sign = "-"
		}
		t.printf("  %-*s  %-*s %+8.2f %8.2f  %s\n", part, s.Part, what, s.What(), s.Weight, s.Total, strings.Repeat(sign, int(math.Round(20*math.Abs(s.Weight)/most))))
	}
	t.beside(f)
}

// beside writes what the two records hold side by side.
func (t *text) beside(f *Waterfall) {
	if len(f.Beside) == 0 {
		return
	}
	field, a, b := len("field"), utf8.RuneCountInString(f.A), utf8.RuneCountInString(f.B)
	for _, x := range f.Beside {
		field, a, b = max(field, utf8.RuneCountInString(x.Field)), max(a, utf8.RuneCountInString(x.A)), max(b, utf8.RuneCountInString(x.B))
	}
	t.printf("\n%s\n\n  %-*s  %-*s  %-*s\n", maskNote(f.Revealed), field, "field", a, f.A, b, f.B)
	for _, x := range f.Beside {
		t.printf("  %-*s  %-*s  %-*s  %s\n", field, x.Field, a, x.A, b, x.B, x.Says())
	}
}

func maskNote(revealed bool) string {
	if revealed {
		return "Values are shown as they are: keep this as you would the records."
	}
	return "Values are masked; --reveal shows them."
}

// held writes what the records of a cluster hold, a line for each value.
func (t *text) held(c *ClusterWaterfall) {
	if len(c.Values) == 0 {
		return
	}
	field, value := len("field"), len("value")
	for _, f := range c.Values {
		field = max(field, utf8.RuneCountInString(f.Field))
		for _, v := range f.Values {
			value = max(value, utf8.RuneCountInString(v.Value))
		}
	}
	t.printf("\n%s\n\n  %-*s  %-*s  %s\n", maskNote(c.Revealed), field, "field", value, "value", "held by")
	for _, f := range c.Values {
		name := f.Field
		for _, v := range f.Values {
			t.printf("  %-*s  %-*s  %s\n", field, name, value, v.Value, strings.Join(v.Records, ", "))
			name = ""
		}
	}
}

// ClusterWaterfall is a cluster explained: its pairs, the weakest first.
type ClusterWaterfall struct {
	ID      string       `json:"cluster"`
	Records []string     `json:"records"`
	Pairs   []*Waterfall `json:"pairs"`     // those in the file, the weakest first
	Missing int          `json:"notListed"` // pairs of its records that the file does not have
	Weakest string       `json:"sentence"`
	// Values is what its records hold, where that was asked for.
	Values   []FieldValues `json:"values,omitempty"`
	Revealed bool          `json:"revealed,omitempty"` // the values are not masked
}

// NewClusterWaterfall explains a cluster by the pairs among its records.
func NewClusterWaterfall(id string, records []string, pairs []*Waterfall) *ClusterWaterfall {
	c := &ClusterWaterfall{ID: id, Records: records, Pairs: pairs, Missing: len(records)*(len(records)-1)/2 - len(pairs)}
	slices.SortStableFunc(c.Pairs, func(x, y *Waterfall) int { return cmp.Compare(x.Weight, y.Weight) })
	switch {
	case len(records) == 1:
		c.Weakest = "It is one record by itself."
	case len(c.Pairs) == 0:
		c.Weakest = "None of its pairs is in the file of pairs."
	default:
		p := bridge(records, c.Pairs)
		c.Weakest = fmt.Sprintf("It holds together by %s and %s at %.2f bits, its weakest link: without that pair it would fall apart.", p.A, p.B, p.Weight)
		if c.Missing > 0 {
			c.Weakest += fmt.Sprintf(" %s of its records %s not in the file of pairs: too light, or never compared.", plural(c.Missing, "pair"), isOrAre(c.Missing))
		}
	}
	return c
}

func isOrAre(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}

// bridge gives the weakest of the pairs that the cluster needs: the last one that
// joins its records, the strongest taken first.
func bridge(records []string, ascending []*Waterfall) *Waterfall {
	of := map[string]string{}
	for _, r := range records {
		of[r] = r
	}
	find := func(x string) string {
		for of[x] != x {
			x = of[x]
		}
		return x
	}
	last := ascending[len(ascending)-1]
	for i := len(ascending) - 1; i >= 0; i-- {
		if a, b := find(ascending[i].A), find(ascending[i].B); a != b {
			of[a] = b
			last = ascending[i]
		}
	}
	return last
}

// WriteClusterWaterfall writes a cluster explained.
func WriteClusterWaterfall(w io.Writer, format, tool, version string, c *ClusterWaterfall) error {
	switch format {
	case "json":
		_, err := w.Write(append(marshal(c), '\n'))
		return err
	case "html":
		e := &explained{Tool: tool, Version: version, Title: "Cluster " + c.ID, Cluster: c, Pairs: c.Pairs[:min(len(c.Pairs), pageExplained)]}
		if len(e.Pairs) < len(c.Pairs) {
			e.LeftOut = "The weakest " + count(len(e.Pairs)) + " of " + plural(len(c.Pairs), "pair") + " are shown; ledsq explain cluster --out json has all."
		}
		return writeExplained(w, e)
	}
	t := &text{w: w}
	t.printf("Cluster %s: %s\n%s\n", c.ID, strings.Join(c.Records, ", "), c.Weakest)
	t.held(c)
	for _, p := range c.Pairs {
		t.printf("\n")
		t.waterfall(p)
	}
	return t.err
}
