package quality

import (
	"hash/maphash"
	"slices"

	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
)

// asks is what a rule looks at. A rule that runs on a plain list, of which there are
// the fields of listFields and no others, may look at less than the whole record.
type asks uint8

const (
	ofAnything asks = iota
	// ofValues: of a record in which no field it consults is filled, the rule finds
	// what it finds of each value by itself, and it passes one if it passes any.
	ofValues
	// notOfLists: of a record of a plain list it says what it says of an empty one.
	notOfLists
	// whatIsFilled: of a plain list it asks only which fields are filled.
	whatIsFilled
	// ofItsFields: of a plain list it reads only the fields that it acts on and
	// consults, and unless all are filled it says what it says of an empty record.
	ofItsFields
)

// listFields are those that a plain list of people may have of them and of where they come from.
var listFields = []string{"id", "source", "sourceId", "title", "givenName", "middleNames", "surname", "suffix", "sex", "dateOfBirth", "nationality", "ethnicity", "placeOfBirth", "occupation",
	"postcode", "addressLine", "premises", "street", "locality", "town", "county", "pncId", "cro", "nino", "nhsNumber", "phone", "mobile", "homePhone", "email"}

// Sieve tells of most records of a file, from the texts of their fields alone,
// that no rule has anything to say of them, and gives their score. It has no rules
// of its own and makes no whole records. What lets it is what rules ask, and that
//
//   - what was said of a text holds wherever it is met again in the field, so that
//     each is judged once, as the only value of a record;
//   - of the plain texts of a field (normalise.Single.Plain) that no rule has words
//     about (noteless), all rules say the same; and so of those brought to a plain form.
//
// A test holds it to Engine.Check, to which it leaves whatever it is not sure of.
// It is for one goroutine.
type Sieve struct {
	engine  *Engine
	kind    record.Kind
	rules   []*active // at most 63, by whose places a verdict has its bits
	by      [ofItsFields + 1][]int
	options normalise.Options
	columns []sieveColumn
	pairs   []sievePair
	nothing verdict            // on a record without values
	filled  map[uint64]verdict // of rules that ask what is, by the columns that are
	scores  map[verdict]Score
	ctx     Ctx

	// Whether it pays: of the rows since it was last asked, those it left to
	// Check, and texts it had to judge.
	rows, left, judged int
	warm, closed       bool
}

// verdict has a bit for each rule, by its place among those that run: it passed.
type verdict uint64

// spoken is the verdict on a text that a rule has something to say of.
const spoken = verdict(1) << 63

// sieveColumn is one field of the file.
type sieveColumn struct {
	field  record.Column
	single *normalise.Single // nil: a value of it asks for the record
	plain  [2]verdict        // on texts that are plain, and on those brought to it; spoken until one was judged
	seen   []judgedText      // by a hash of the text, the latest; nil where texts hardly come again
}

// judgedText is a text and the verdict on it, side by side in the cache. Longer
// texts hardly come again.
type judgedText struct {
	verdict verdict
	length  uint8
	text    [23]byte
}

// sievePair is a rule that reads some columns together.
type sievePair struct {
	rules   []int // one
	columns uint64
}

const (
	sieveTexts   = 1 << 12 // remembered of a field: few enough to stay near the processor
	sieveTrial   = 1 << 12 // rows
	sievePattern = 1 << 12 // of filled columns
)

var sieveSeed = maphash.MakeSeed() // where a text lies has no part in any result

// Sieve makes a sieve for records of a kind whose fields, by their flat names
// (see record.FindColumn), are given in this order; o says how records are
// normalised. It is nil where a rule that runs may look at anything, or has a
// parameter that is not the documented one.
func (e *Engine) Sieve(p Principle, k record.Kind, fields []string, o normalise.Options) *Sieve {
	s := &Sieve{engine: e, kind: k, rules: e.plans[k][p], options: o, columns: make([]sieveColumn, len(fields)), filled: map[uint64]verdict{}, scores: map[verdict]Score{}}
	if len(s.rules) > 63 || len(fields) > 64 {
		return nil
	}
	consulted, list := map[string]bool{}, false
	for i, r := range s.rules {
		if r.blind {
			continue
		}
		if r.asks == ofAnything || r.Needs != NoLookup {
			return nil
		}
		for j := range r.Params {
			if r.params[j] != r.Params[j].Default {
				return nil
			}
		}
		s.by[r.asks] = append(s.by[r.asks], i)
		if r.asks != ofValues {
			list = true
			continue
		}
		for _, field := range r.Consults {
			consulted[field] = true
		}
	}
	for i, name := range fields {
		f, ok := record.FindColumn(k, name)
		if !ok || consulted[name] || list && !slices.Contains(listFields, name) {
			continue
		}
		c := &s.columns[i]
		c.field, c.single, c.plain = f, normalise.SingleOf(k, name, o), [2]verdict{spoken, spoken}
		if !rare(f.Field.Type) {
			c.seen = make([]judgedText, sieveTexts)
		}
	}
	for _, i := range s.by[ofItsFields] {
		pair, whole := sievePair{rules: []int{i}}, true
		for _, field := range slices.Concat(s.rules[i].ActsOn, s.rules[i].Consults) {
			at := slices.Index(fields, field)
			if whole = whole && at >= 0; whole {
				pair.columns |= 1 << at
			}
		}
		if whole {
			s.pairs = append(s.pairs, pair)
		}
	}
	for _, asks := range [...]asks{ofValues, notOfLists, ofItsFields} {
		s.nothing |= s.verdict(s.by[asks], record.New(k), nil)
	}
	return s
}

// Clean says that no rule has anything to say of a record, and gives its score.
// text gives what the file has for each of the fields, "" for none.
func (s *Sieve) Clean(text func(i int) string) (score Score, ok bool) {
	if s.closed {
		return score, false
	}
	s.rows++
	all, filled := s.nothing, uint64(0)
	for i := 0; i < len(s.columns) && all&spoken == 0; i++ {
		if t := text(i); t != "" {
			all |= s.columns[i].verdict(s, t)
			filled |= 1 << i
		}
	}
	if all&spoken == 0 && len(s.by[whatIsFilled]) > 0 {
		v, known := s.filled[filled]
		switch {
		case known:
		case len(s.filled) < sievePattern:
			v = s.together(s.by[whatIsFilled], filled, text)
			s.filled[filled] = v
		default:
			v = spoken
		}
		all |= v
	}
	for i := 0; i < len(s.pairs) && all&spoken == 0; i++ {
		if p := &s.pairs[i]; filled&p.columns == p.columns {
			all |= s.together(p.rules, p.columns, text)
		}
	}
	if all&spoken != 0 {
		s.left++
	} else if score, ok = s.scores[all]; !ok {
		score, ok = s.score(all), true
		s.scores[all] = score
	}
	s.tried()
	return score, ok
}

// together runs rules on a record of some of the columns.
func (s *Sieve) together(rules []int, columns uint64, text func(i int) string) verdict {
	r := record.New(s.kind)
	for i := range s.columns {
		if columns>>i&1 == 1 {
			s.columns[i].field.Set(r, text(i))
		}
	}
	return s.verdict(rules, r, normalise.Record(r, s.options))
}

// tried closes the sieve where most is left to Check or has to be judged: then to
// make the record is as cheap. At first nothing is known of any text.
func (s *Sieve) tried() {
	if s.rows < sieveTrial {
		return
	}
	s.closed = s.left > s.rows/2 || s.warm && s.judged > s.rows
	s.rows, s.left, s.judged, s.warm = 0, 0, 0, true
}

// verdict gives that on one text.
func (c *sieveColumn) verdict(s *Sieve, text string) verdict {
	if c.single == nil {
		return spoken
	}
	if c.seen == nil || len(text) > len(judgedText{}.text) {
		return c.look(s, text)
	}
	known := &c.seen[maphash.String(sieveSeed, text)%sieveTexts]
	if string(known.text[:known.length]) != text {
		known.verdict, known.length = c.look(s, text), uint8(copy(known.text[:], text))
	}
	return known.verdict
}

// look gives that on one that is not remembered.
func (c *sieveColumn) look(s *Sieve, text string) verdict {
	form, plain := c.single.Plain(text)
	if !plain || !noteless(c.field.Field.Type, form) {
		return c.judge(s, text)
	}
	known := &c.plain[0]
	if form != text {
		known = &c.plain[1]
	}
	if *known == spoken {
		*known = c.judge(s, text)
	}
	return *known
}

// judge puts a text into a record by itself. One that has, or may have, a part in
// other fields is not judged alone.
func (c *sieveColumn) judge(s *Sieve, text string) verdict {
	s.judged++
	if _, alone := c.single.Read(text); !alone {
		return spoken
	}
	r := record.New(s.kind)
	c.field.Set(r, text)
	changes := normalise.Record(r, s.options)
	left, alone := false, true
	record.Walk(r, func(l record.Leaf) { left, alone = true, alone && l.Field == c.field.Field })
	if !left || !alone {
		return spoken
	}
	return s.verdict(s.by[ofValues], r, changes)
}

// verdict runs rules, given by their places.
func (s *Sieve) verdict(rules []int, r record.Record, changes []normalise.Change) (v verdict) {
	c := &s.ctx
	c.reset(s.engine, &Subject{Record: r, Changes: changes, AsOf: s.options.AsOf}, r, changes)
	for _, i := range rules {
		c.runAll(s.rules[i:i+1], func(_ *active, o Outcome) {
			switch o {
			case Pass:
				v |= 1 << i
			case NotApplicable:
			default:
				v |= spoken
			}
		})
	}
	if len(c.found) > 0 {
		v |= spoken
	}
	c.clear()
	return v
}

// score counts the rules as Check does.
func (s *Sieve) score(v verdict) Score {
	t := tally{weights: &s.engine.weights}
	for i, r := range s.rules {
		switch {
		case r.blind:
			t.count(r, CannotTell, nil)
		case v>>i&1 == 1:
			t.count(r, Pass, nil)
		}
	}
	return t.score()
}

// rare says of a type that its values hardly come again and most are plain, so
// that to look at one is cheaper than to remember it.
func rare(t record.Type) bool {
	switch t {
	case record.TypeDOB, record.TypeDate, record.TypePostcode, record.TypePhone, record.TypeEmail, record.TypePNCID, record.TypeRef, record.TypeAddress, record.TypeText:
		return true
	}
	return false
}

// noteless says that no rule has words of its own about a plain text: where a rule
// looks at the value itself it is asked here, by the same function.
func noteless(t record.Type, text string) bool {
	switch t {
	case record.TypeGiven, record.TypeMiddle, record.TypeSurname:
		return nameShape(text, longestName) == nameFine && !initial(text) && !aliasMark(text) && !titled(text) && !organisation(text, false)
	case record.TypeDOB:
		return !newYear(record.Date(text)) && !filledIn(record.Date(text))
	case record.TypePostcode:
		return !fictitious(text)
	case record.TypeEmail:
		return !fillerEmail(text) && !oddLength(text)
	case record.TypeText, record.TypeAddress, record.TypePlace:
		return !twoCrosses(text)
	case record.TypePhone, record.TypePNCID, record.TypeDate, record.TypeRef:
		return true
	}
	return false
}
